package io.mcpaccess.guard.proxy.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Calls that wait, for one person. Follows no redirect. */
final class TryHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    HttpResponse<String> get(URI url) throws TryException {
        return send(HttpRequest.newBuilder(url).GET(), url);
    }

    HttpResponse<String> post(URI url, Map<String, String> headers, String body) throws TryException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request, url);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, URI url) throws TryException {
        try {
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new TryException("Nothing answers at " + url + ". Is it running, and is the address right?");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TryException("Interrupted.");
        }
    }

    static JsonNode object(HttpResponse<String> response, String what) throws TryException {
        return StrictMessageJson.parse(response.body().getBytes(StandardCharsets.UTF_8))
                .filter(JsonNode::isObject)
                .filter(json -> response.statusCode() == 200)
                .orElseThrow(
                        () -> new TryException(what + " answered " + response.statusCode() + " and no usable JSON."));
    }
}
