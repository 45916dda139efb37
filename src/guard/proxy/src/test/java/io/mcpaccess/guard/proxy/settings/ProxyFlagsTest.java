package io.mcpaccess.guard.proxy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyFlagsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("GUARD_CLIENT_ID", "files-mcp", "GUARD_CLIENT_SECRET", "hidden");

    @Test
    void needsTheServerTheDomainAndTheCredentials() {
        ProxySettings settings = read();
        assertThat(settings.servers().get(0).upstream())
                .isEqualTo(new UpstreamSettings.Http(URI.create("http://127.0.0.1:3000/mcp"), ClientTls.usual(), true));
        assertThat(settings.servers().get(0).guard().resource().uri())
                .isEqualTo(URI.create("http://127.0.0.1:9200/mcp"));
        assertThat(settings.servers().get(0).guard().tokens()).isEqualTo(TokenValidation.introspection());
        assertThat(settings.servers().get(0).times().idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @Test
    void takesEveryOption() {
        ProxySettings settings = read(
                "--resource",
                "https://files.example/x",
                "--port",
                "0",
                "--tokens",
                "jwt",
                "--subject",
                "sub",
                "--open",
                "prompts/list, prompts/get",
                "--body-bytes",
                "10",
                "--answer-seconds",
                "2",
                "--idle-seconds",
                "3");
        assertThat(settings.servers().get(0).guard().resource().uri()).hasPath("/x");
        assertThat(settings.servers().get(0).guard().tokens()).isInstanceOf(TokenValidation.Jwt.class);
        assertThat(settings.servers().get(0).guard().rules().openMethods())
                .contains("prompts/list", "prompts/get", "tools/list");
        assertThat(settings.servers().get(0).guard().limits().bodyBytes()).isEqualTo(10);
        assertThat(settings.servers().get(0).times().answer()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.servers().get(0).times().idle()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "--upstream, files, --upstream takes",
        "--port, 70000, --port takes",
        "--port, 0, give --resource",
        "--tokens, none, --tokens takes",
        "--subject, email, --subject takes",
        "--idle-seconds, 0, --idle-seconds takes",
        "--resource, https://Files.example, lower case",
        "--open, tools/call, tools/call cannot be open",
        "--colour, red, Unknown option"
    })
    void saysWhatIsWrong(String option, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(option, value))
                .withMessageContaining(message);
    }

    private static ProxySettings read(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--upstream", "http://127.0.0.1:3000/mcp", "--domain", "http://127.0.0.1:8092/demo"));
        arguments.addAll(List.of(more));
        return ProxyFlags.read(arguments, ENVIRONMENT);
    }
}
