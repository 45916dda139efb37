package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.NetworkFault;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** An OpenFGA server over its HTTP API. Not for many threads. */
public final class FgaServer {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;
    private final Optional<String> token;

    /**
     * A server.
     *
     * @param base its address, without a slash at the end
     * @param token the token that it asks for
     */
    public FgaServer(URI base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param status HTTP's
     * @param json the body; an empty object where it is none
     */
    record Reply(int status, JsonNode json) {
        boolean isFine() {
            return status >= 200 && status < 300;
        }
    }

    /** Calls; the body may be null. */
    Reply call(String method, String path, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), Json.read(response.body()));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The OpenFGA server at " + base + " cannot be reached: " + NetworkFault.words(e)
                            + ". Check --engine.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "Interrupted.");
        }
    }

    /** What went wrong; of the answer only its status, and OpenFGA's code. */
    CommandFailure failure(String what, Reply reply) {
        String code = reply.json().path("code").asText("").replaceAll("[^a-z0-9_]", "");
        String hint = reply.status() == 401 || reply.status() == 403
                ? " Its token goes into AMCTL_OPENFGA_TOKEN."
                : reply.status() == 404 ? " Is it an OpenFGA server?" : "";
        return new CommandFailure(
                ExitCode.FAILED,
                "The OpenFGA server at " + base + ": " + what + " (status " + reply.status()
                        + (code.isEmpty() ? "" : ", " + code) + ")." + hint);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "FgaServer[" + base + "]";
    }
}
