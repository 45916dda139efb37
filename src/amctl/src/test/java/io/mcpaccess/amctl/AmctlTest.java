package io.mcpaccess.amctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says before AM is asked; there is no AM at its address, so a request would end with 6. */
class AmctlTest {
    private static final String SECRET = "sec-6f2a90";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly demo",
                "check demo user:a can_call",
                "check demo user:a can_call tool:b sec-6f2a90",
                "check demo user:a can_call tool:b --colour=sec-6f2a90",
                "check demo user:a can_call tool:b --context sec-6f2a90",
                "check demo user:a can_call tool:b --password sec-6f2a90",
                "check demo user:a can_call tool:b --token=sec-6f2a90",
                "check demo user:a can_call tool:b --url http://admin:sec-6f2a90@127.0.0.1/management",
                "import demo http://x/ --client-secret sec-6f2a90",
                "import demo http://x/ --mcp-client-id a",
                "declare demo",
                "declare demo -f no-such-file.yaml",
                "protect demo --mode sec-6f2a90",
                "protect demo --openfga http://127.0.0.1:8080"
            })
    void aWrongCommandLineIs2AndNotRepeated(String line) {
        int code = run(line.isEmpty() ? List.of() : List.of(line.split(" ")));

        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain(SECRET);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers: []",
                "servers: [{name: x, tool: []}]",
                "servers: [{tools: []}]",
                "servers: [{name: x, import: {url: 'http://x/', bearerToken: sec-6f2a90}}]",
                "servers: [{name: x, import: {url: 'http://x/'}, credentials: {tokenVariable: NOT_SET_ANYWHERE}}]",
                "servers: [{name: x, name: y}]",
                "- x",
                "servers: ["
            })
    void aWrongFileIs2AndSendsNothing(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), yaml);

        int code = run(List.of("declare", "demo", "-f", file.toString()));

        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains("wrong.yaml").doesNotContain(SECRET);
    }

    @Test
    void helpNamesTheCommandsAndTheExitCodes() {
        assertThat(run(List.of("--help"))).isEqualTo(0);
        assertThat(out.toString())
                .contains("import", "declare", "plan", "drift", "scopes", "map", "check", "explain", "protect")
                .contains("4 drift found", "5 the check is denied");
    }

    @Test
    void aConnectionThatIsRefusedIs6() {
        assertThat(run(List.of("check", "demo", "user:a", "can_call", "tool:b")))
                .isEqualTo(6);
        assertThat(err.toString()).contains("cannot be reached").doesNotContain(SECRET);
    }

    @Test
    void whatIsNotASecretIsNotTakenForOne() {
        assertThat(SecretArguments.refusal(List.of(
                        "import",
                        "https://a.example/mcp",
                        "--mcp-token-file",
                        "token",
                        "--mcp-secret-file=s",
                        "--scopes",
                        "get_token=tokens:read",
                        "--secret-out",
                        "f",
                        "--secret-to-stdout",
                        "tool:reset_password")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--password",
                "--client-secret=x",
                "--mcp-token",
                "--api-key=1",
                "Bearer abc.def",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.abc",
                "https://user:pw@a.example/",
                "--url=https://user:pw@a.example/"
            })
    void whatLooksLikeASecretIsRefused(String argument) {
        assertThat(SecretArguments.refusal(List.of("scopes", argument)))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("AMCTL_PASSWORD").doesNotContain("abc", "pw@"));
    }

    private int run(List<String> arguments) {
        return Amctl.run(
                arguments,
                Map.of(
                        "AMCTL_URL",
                        "http://127.0.0.1:1/management",
                        "AMCTL_USERNAME",
                        "admin",
                        "AMCTL_PASSWORD",
                        SECRET),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }
}
