package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * AM's management API with one user's token. The token comes from {@code POST /management/auth/token} with HTTP Basic, or is
 * given. Not for many threads.
 */
public final class AmClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** An import may take the registry a minute. */
    private static final Duration ANSWER = Duration.ofSeconds(75);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;
    private final String bearer;
    private Instant time;

    private AmClient(URI base, String bearer) {
        this.base = base;
        this.bearer = bearer;
    }

    /**
     * A client with a token that somebody has.
     *
     * @param base the management API, such as {@code https://am.example.com/management}
     * @param token an access token of it
     * @return the client
     */
    public static AmClient withToken(URI base, String token) {
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new CommandFailure(ExitCode.USAGE, "The token has characters that no token has.");
        }
        return new AmClient(base, "Bearer " + token);
    }

    /**
     * Signs in.
     *
     * @param base the management API
     * @param username a user of AM's console
     * @param password the password
     * @return the client
     * @throws CommandFailure if AM cannot be reached or does not take them
     */
    public static AmClient signIn(URI base, String username, String password) {
        String basic = Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        AmClient nobody = new AmClient(base, "Basic " + basic);
        HttpResponse<String> answer = nobody.send("POST", "/auth/token", null);
        String token =
                json(answer).map(json -> json.path("access_token").asText("")).orElse("");
        boolean isAm = answer.statusCode() == 401 || answer.statusCode() == 403 || !token.isEmpty();
        if (!isAm && answer.statusCode() < 500) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    base + " is not AM's management API (it answers " + answer.statusCode()
                            + " where one signs in). Give its address to --url; by default it ends with /management.");
        }
        nobody.checked(answer);
        AmClient signedIn = withToken(base, token);
        signedIn.time = nobody.time == null ? issuedAt(token).orElse(null) : nobody.time;
        return signedIn;
    }

    /** AM sends no Date header; its tokens say when they were made. */
    private static Optional<Instant> issuedAt(String token) {
        String[] parts = token.split("\\.");
        try {
            JsonNode issued = Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    .path("iat");
            return issued.canConvertToLong() && issued.asLong() > 0
                    ? Optional.of(Instant.ofEpochSecond(issued.asLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /**
     * A path segment or query value.
     *
     * @param text any text
     * @return the text, percent-encoded
     */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Reads.
     *
     * @param path below the management API
     * @return the answer; missing where it is empty
     */
    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    /**
     * Reads text that is no JSON.
     *
     * @param path below the management API
     * @return the answer
     */
    public String text(String path) {
        return checked(send("GET", path, null)).body();
    }

    /**
     * Calls.
     *
     * @param method the HTTP method
     * @param path below the management API
     * @param body the JSON to send, null for none
     * @return the answer; missing where it is empty
     * @throws AmFailure if AM refuses or fails
     * @throws CommandFailure if AM cannot be reached
     */
    public JsonNode call(String method, String path, JsonNode body) {
        HttpResponse<String> response = checked(send(method, path, body));
        return json(response)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        base
                                + " answers with something that is no JSON. Is it AM's management API? By default its"
                                + " address ends with /management."));
    }

    /**
     * Calls for an answer of lines of JSON that come one after the other.
     *
     * @param path below the management API
     * @param body the JSON to send
     * @param each takes each line when it comes
     * @return the last line; an empty object where there was none
     */
    public JsonNode lines(String path, JsonNode body, Consumer<JsonNode> each) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Authorization", bearer)
                .header("Accept", "application/x-ndjson")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<Stream<String>> response = exchanged(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() >= 300) {
                String text = lines.collect(Collectors.joining("\n"));
                throw new AmFailure(
                        response.statusCode(), Json.read(text).path("message").asText(""));
            }
            JsonNode[] last = {Json.object()};
            lines.filter(line -> !line.isBlank()).forEach(line -> {
                last[0] = Json.read(line);
                each.accept(last[0]);
            });
            return last[0];
        } catch (UncheckedIOException e) {
            throw unreachable(e.getCause());
        }
    }

    private HttpResponse<String> checked(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return response;
        }
        if (status >= 300 && status < 400) {
            throw new CommandFailure(
                    ExitCode.FAILED, base + " answers with a redirect. Give the management API's own address.");
        }
        String message =
                json(response).map(json -> json.path("message").asText("")).orElse("");
        throw new AmFailure(status, message);
    }

    private HttpResponse<String> send(String method, String path, JsonNode body) {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Authorization", bearer)
                .header("Accept", "*/*")
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        return exchanged(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> exchanged(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            HttpResponse<T> response = http.send(request, handler);
            response.headers().firstValue("Date").flatMap(NetworkFault::instant).ifPresent(date -> time = date);
            return response;
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "Interrupted.");
        }
    }

    private CommandFailure unreachable(IOException e) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "AM's management API at " + base + " cannot be reached: " + NetworkFault.words(e)
                        + ". Check --url or AMCTL_URL.");
    }

    /**
     * AM's clock, whole seconds.
     *
     * @return the time of its last answer, or of the sign-in where answers tell none; empty where nothing did
     */
    public Optional<Instant> time() {
        return Optional.ofNullable(time);
    }

    private static Optional<JsonNode> json(HttpResponse<String> response) {
        if (response.body().isBlank()) {
            return Optional.of(MissingNode.getInstance());
        }
        try {
            return Optional.of(MAPPER.readTree(response.body()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * The whole address of a path.
     *
     * @param path below the management API
     * @return what a browser takes
     */
    public String address(String path) {
        return base + path;
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "AmClient[" + base + "]";
    }
}
