package io.mcpaccess.samples.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Plain HTTP calls with a timeout, no redirects followed. */
public final class Http {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;

    /** A client without cookies. */
    public Http() {
        this(HttpClient.newBuilder());
    }

    /**
     * @param builder for cookies and the like
     */
    public Http(HttpClient.Builder builder) {
        this.client = builder.connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * @param target where to
     * @param headers names and values
     * @return the answer of any status
     * @throws IOException when there is none
     */
    public HttpResponse<String> get(URI target, Map<String, String> headers) throws IOException {
        return send(HttpRequest.newBuilder(target).GET(), headers);
    }

    /**
     * @param method such as POST
     * @param target where to
     * @param headers names and values
     * @param body the body
     * @return the answer of any status
     * @throws IOException when there is none
     */
    public HttpResponse<String> send(String method, URI target, Map<String, String> headers, String body)
            throws IOException {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return send(HttpRequest.newBuilder(target).method(method, publisher), headers);
    }

    /**
     * @param target where to
     * @param headers names and values
     * @param fields of the form
     * @return the answer of any status
     * @throws IOException when there is none
     */
    public HttpResponse<String> form(URI target, Map<String, String> headers, Map<String, String> fields)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)));
        return send(request, headers);
    }

    /**
     * @param fields names and values
     * @return them as a form or query
     */
    public static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * @param text of an answer
     * @return it as JSON; a missing node when it is none
     */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException none) {
            return JSON.missingNode();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Map<String, String> headers) throws IOException {
        headers.forEach(request::header);
        try {
            return client.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
