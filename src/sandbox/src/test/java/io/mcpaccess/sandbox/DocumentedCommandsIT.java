package io.mcpaccess.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell blocks of the pages for users, run as they stand there against the sandbox: only the example's host names and secrets
 * are others. A block that cannot be run here says so ({@code not run here}), or stands in the list of its page with the reason.
 */
class DocumentedCommandsIT {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\n(.*?)^ *```$");

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws Exception {
        Files.copy(ROOT.resolve("src/samples/demo/store.fga.yaml"), folder.resolve("store.fga.yaml"));
        Files.writeString(folder.resolve("servers.yaml"), """
                servers:
                  - name: billing
                    resourceIdentifiers: ["http://127.0.0.1:9100/mcp"]
                    tools:
                      - {key: list_invoices, description: List all invoices, scopes: ["invoices:read"]}
                      - {key: refund_invoice, description: Refund a paid invoice, scopes: ["invoices:refund"]}
                """);
    }

    @Test
    void authzenApi() throws Exception {
        assertThat(run("docs/authzen-api.md", List.of())).isGreaterThanOrEqualTo(6);
    }

    @Test
    void registeringServers() throws Exception {
        // Import and drift read a live MCP server: RegistryIT has one.
        assertThat(run("docs/register-mcp-servers.md", List.of("servers/import", "/drift")))
                .isGreaterThanOrEqualTo(3);
    }

    /** Runs the blocks of a page in one shell, one after the other, as a reader would; how many were run. */
    private int run(String page, List<String> notHere) throws Exception {
        List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(block -> block.group(1).stripIndent())
                .filter(block ->
                        !block.contains("not run here") && notHere.stream().noneMatch(block::contains))
                .toList();
        String demo =
                Files.readString(ROOT.resolve("src/samples/demo/sandbox.yml")).replaceAll("port: 809[23]", "port: 0");
        try (SandboxServer sandbox = SandboxServer.start(ROOT, folder.resolve("sandbox.yml"), demo)) {
            String script = blocks.stream()
                    .map(block -> "echo '--- next block' >&2\n" + here(block, sandbox))
                    .collect(Collectors.joining("\n", prelude(), ""));
            Path file = Files.writeString(folder.resolve("page.sh"), script);
            Path log = folder.resolve("log");
            Process shell = new ProcessBuilder("bash", file.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(shell.waitFor(180, TimeUnit.SECONDS)).as(page).isTrue();
            assertThat(shell.exitValue())
                    .as("%s%n%s%n%s", page, Files.readString(log), script)
                    .isZero();
        }
        return blocks.size();
    }

    /** The shell of a reader: jq may be missing, curl fails where the server refuses, and amctl has codes for answers. */
    private static String prelude() {
        String amctl = System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -cp '" + classPath();
        return """
                set -euo pipefail
                PS4='> '; set -x
                command -v jq >/dev/null || jq() {
                    case "$*" in
                        *access_token*) sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p' ;;
                        *'[0].id'*) sed -n 's/^\\[{"id" *: *"\\([^"]*\\)".*/\\1/p' ;;
                        *) cat ;;
                    esac
                }
                curl() { command curl --fail-with-body "$@"; }
                amctl() { '%s' io.mcpaccess.amctl.Amctl "$@" || case $? in 3 | 4 | 5 | 8) ;; *) return 1 ;; esac; }
                AM_USER=admin AM_PASSWORD=adminadmin BILLING_ID=billing-mcp BILLING_SECRET=billing-secret
                """.formatted(amctl);
    }

    private static String classPath() {
        File target = ROOT.resolve("src/amctl/target").toFile();
        File[] jars = target.listFiles((directory, name) -> name.matches("amctl-[0-9.]+\\.jar"));
        assertThat(jars).as("amctl is built").isNotEmpty();
        return jars[0] + ":" + target + "/lib/*";
    }

    private static String here(String block, SandboxServer sandbox) {
        return block.replace(
                        "https://am.example.com/.well-known/authzen-configuration/my-domain",
                        sandbox.gateway() + "/.well-known/authzen-configuration/demo")
                .replace("https://am.example.com/my-domain", sandbox.gateway() + "/demo")
                .replace("https://am.example.com/management", sandbox.management() + "/management")
                .replace("https://auth.example.com", sandbox.gateway().toString())
                .replace("https://billing.example.com/mcp", "http://127.0.0.1:9100/mcp")
                .replace("AMCTL_USERNAME=ops AMCTL_PASSWORD=...", "AMCTL_USERNAME=admin AMCTL_PASSWORD=adminadmin")
                .replace("AMCTL_MCP_CLIENT_SECRET=...", "AMCTL_MCP_CLIENT_SECRET=billing-secret")
                .replace("SECRET=…", "SECRET=billing-secret");
    }
}
