package io.mcpaccess.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The sandbox in a process of its own, with the plugin ZIPs of the build.
 *
 * @param process the process
 * @param gateway the address of the gateway
 * @param management the address of the management API
 */
record SandboxProcess(Process process, String gateway, String management) implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("sandbox ready gateway=(\\S+) management=(\\S+)");

    /**
     * Starts it and waits until it serves.
     *
     * @param config its configuration file
     */
    static SandboxProcess start(Path config) throws IOException {
        Path log = config.resolveSibling("sandbox.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Repository.root()
                                .resolve("src/sandbox/target/sandbox-" + Repository.version() + ".jar")
                                .toString(),
                        "io.mcpaccess.sandbox.Sandbox",
                        "--config",
                        config.toString(),
                        "--home",
                        Repository.root().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        MatchResult ready = ReadyLine.await(process, log, READY);
        return new SandboxProcess(process, ready.group(1), ready.group(2));
    }

    /** Calls AM's management API for the domain {@code demo}, as admin; {@code body} may be null. */
    String manage(String method, String path, String body) throws IOException, InterruptedException {
        return manage("demo", method, path, body);
    }

    /** The same for another domain. */
    String manage(String domain, String method, String path, String body) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        String basic = Base64.getEncoder().encodeToString("admin:adminadmin".getBytes(StandardCharsets.UTF_8));
        String token = http.send(
                        HttpRequest.newBuilder(URI.create(management + "/management/auth/token"))
                                .header("Authorization", "Basic " + basic)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(management
                                + "/management/organizations/DEFAULT/environments/DEFAULT/domains/" + domain + path))
                        .header("Authorization", "Bearer " + Json.text(token, "access_token"))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** The sandbox's audit entries of the domain {@code demo}. */
    String audits() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        management + "/sandbox/audits?domain=demo&type=PERMISSION_EVALUATED"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
