package io.mcpaccess.guard.proxy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcpaccess.guard.Denials;
import io.mcpaccess.guard.arguments.ArgumentType;
import io.mcpaccess.guard.arguments.ToolArgument;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("BILLING_SECRET", "hidden", "PATH", "/bin", "OTHER_SECRET", "hidden too");
    private static final String WHOLE = """
            listen: {host: 127.0.0.1, port: 9200, connections: 500}
            management: {port: 9201}
            am:
              domain: https://am.example.com/demo
            servers:
              - name: billing
                resource: https://billing.example.com/mcp
                clientId: billing-mcp
                clientSecret: {env: BILLING_SECRET}
                upstream: http://127.0.0.1:3000/mcp
                scopes: ["invoices:read"]
                open: [prompts/list]
                identity: {signed: true}
                limits: {requests: 3, idleSeconds: 7}
              - name: files
                resource: https://files.example.com/mcp
                domain: https://am.example.com/other
                clientId: files-mcp
                clientSecret: {file: secret.txt}
                tokens: jwt
                command: [npx, -y, files]
                stdio: {sessions: 2, environment: {set: {MODE: "read"}}}
                decide: [resources/read]
                denials: structured
                arguments: {refund: {amount: {at: /amount, type: number}}}
            """;

    @TempDir
    Path folder;

    @Test
    void readsServersOfBothKinds() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "from a file\n");
        ProxySettings settings = read(WHOLE);
        assertThat(settings.listen().connections()).isEqualTo(500);
        assertThat(settings.management().orElseThrow().port()).isEqualTo(9201);
        GuardedSettings billing = settings.servers().get(0);
        assertThat(billing.guard().credentials().clientSecret()).isEqualTo("hidden");
        assertThat(billing.guard().advertised().scopesSupported()).containsExactly("invoices:read");
        assertThat(billing.guard().rules().openMethods()).contains("prompts/list", "tools/list");
        assertThat(billing.guard().limits().callers().requests()).isEqualTo(3);
        assertThat(billing.times().idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(billing.identity()).isEqualTo(new IdentitySettings(true, true));
        assertThat(billing.upstream())
                .isEqualTo(new UpstreamSettings.Http(URI.create("http://127.0.0.1:3000/mcp"), ClientTls.usual(), true));
        GuardedSettings files = settings.servers().get(1);
        assertThat(files.guard().credentials().clientSecret()).isEqualTo("from a file");
        assertThat(files.guard().tokens()).isInstanceOf(TokenValidation.Jwt.class);
        assertThat(files.guard().domain().url()).hasPath("/other");
        UpstreamSettings.Stdio stdio = (UpstreamSettings.Stdio) files.upstream();
        assertThat(stdio.command()).containsExactly("npx", "-y", "files");
        assertThat(stdio.bounds().sessions()).isEqualTo(2);
        assertThat(stdio.environment()).containsExactlyInAnyOrderEntriesOf(Map.of("PATH", "/bin", "MODE", "read"));
        assertThat(files.guard().rules().decidedMethods()).containsExactly("resources/read");
        assertThat(files.guard().rules().denials()).isEqualTo(Denials.STRUCTURED);
        assertThat(files.guard().rules().arguments().byTool().get("refund"))
                .containsExactly(new ToolArgument("amount", "/amount", ArgumentType.of("number")));
        assertThat(settings.toString()).doesNotContain("hidden", "from a file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 9200 | port: 92000 | :1: 'port' takes a whole number from 0 to 65535",
                "clientSecret: {env: BILLING_SECRET} | clientSecret: s3cret | :9: 'clientSecret' is a secret and does not stand in this file",
                "{env: BILLING_SECRET} | {env: NOT_SET} | :9: 'env' names the variable NOT_SET",
                "{file: secret.txt} | {file: gone.txt} | :19: 'file' names the file",
                "requests: 3 | request: 3 | :14: There is no setting 'request' in 'limits'",
                "clientId: billing-mcp | clientId: [a] | :8: 'clientId' takes a text",
                "tokens: jwt | tokens: none | :20: 'tokens' takes one of introspection, jwt",
                "open: [prompts/list] | open: [tools/call] | :12: 'open' is wrong. tools/call cannot be open",
                "upstream: http://127.0.0.1:3000/mcp | upstream: files | :10: 'upstream' takes an absolute http or https URL",
                "command: [npx, -y, files] | upstream: http://x/ | :22: 'stdio' belongs to a 'command'",
                "name: files | name: billing | Two servers have the name 'billing'",
                "https://files.example.com/mcp | https://billing.example.com/mcp | Two servers have the resource",
                "https://billing.example.com/mcp | https://Billing.example.com/mcp | :7: 'resource' or what belongs to it is wrong",
                "identity: {signed: true} | identity: {signed: yes please} | :13: 'signed' takes true or false",
                "name: billing | name: Billing! | :6: 'name' takes lower case letters",
                "decide: [resources/read] | decide: [ping] | :23: 'decide' is wrong. AM cannot be asked about 'ping'",
                "type: number | type: money | :25: 'amount' is wrong.",
                "at: /amount | at: amount | :25: 'amount' is wrong.",
                "tokens: jwt | name: again | :20: 'name' stands here twice",
                "scopes: [\"invoices:read\"] | scopes: [\"a b\"] | :11: 'scopes' takes scopes"
            })
    void saysFileLineAndWhatIsWrong(String right, String wrong, String message) throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "x");
        assertThat(WHOLE).contains(right);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(WHOLE.replace(right, wrong)))
                .withMessageContaining(message)
                .withMessageContaining("guard.yaml:")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("hidden", "s3cret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1: The file is empty",
                "servers: [ | 1: This is no YAML",
                "listen: {port: 1} | lacks 'servers'"
            })
    void refusesWhatIsNoSettingsFile(String text, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(message);
    }

    @Test
    void saysWhenTheFileIsNotThere() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SettingsFile.read(folder.resolve("gone.yaml"), Map.of()))
                .withMessageContaining("gone.yaml: The file is not there");
    }

    private ProxySettings read(String text) throws IOException {
        Path file = folder.resolve("guard.yaml");
        Files.writeString(file, text);
        return SettingsFile.read(file, ENVIRONMENT);
    }
}
