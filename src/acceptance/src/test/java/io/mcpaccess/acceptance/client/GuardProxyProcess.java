package io.mcpaccess.acceptance.client;

import io.mcpaccess.acceptance.Http;
import io.mcpaccess.acceptance.host.DomainSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** guard-proxy as it is shipped, in a process of its own, before an MCP server. */
public final class GuardProxyProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("guard ready (\\S+)");

    private final Http http = new Http();
    private final Process process;
    private final Path log;
    private final String url;

    private GuardProxyProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        try {
            this.url = Awaitility.await("guard-proxy serves")
                    .atMost(Duration.ofMinutes(2))
                    .until(this::ready, Matcher::find)
                    .group(1);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param upstream the server behind it
     * @param base the domain's address
     * @param clientId the server's client at AM, and its resource identifier
     * @param options further options
     */
    public static GuardProxyProcess before(
            String upstream, String base, String clientId, String resource, String... options) {
        String jar = "src/guard/proxy/target/mcp-guard-proxy-" + System.getProperty("project.version") + "-all.jar";
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of(System.getProperty("repository.root"), jar).toString(),
                "--upstream",
                upstream,
                "--domain",
                base,
                "--resource",
                resource,
                "--port",
                "0"));
        command.addAll(List.of(options));
        try {
            Path log = Files.createTempFile("mcp-access-guard", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("GUARD_CLIENT_ID", clientId);
            builder.environment().put("GUARD_CLIENT_SECRET", DomainSpec.SECRET);
            return new GuardProxyProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Matcher ready() throws IOException {
        String said = Files.readString(log);
        Matcher ready = READY.matcher(said);
        if (!process.isAlive() && !ready.find()) {
            throw new AssertionError("guard-proxy did not start: " + said);
        }
        return ready.reset();
    }

    /** Sends a request of MCP with the value of an {@code Authorization} header; the params are JSON members, maybe none. */
    public Http.Answer send(String authorization, String method, String params) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}";
        return http.send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Calls a tool with an access token. */
    public Http.Answer call(String token, String tool) {
        return send("Bearer " + token, "tools/call", "\"name\":\"" + tool + "\"");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
