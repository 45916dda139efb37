package io.mcpaccess.guard.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call to AM that always ends: bounded in time from the first byte to the last, and in size. Redirects are not
 * followed, so that a secret or token goes nowhere else. Threads may share it.
 */
public final class RemoteCall implements AmCalls, AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    /**
     * An answer of AM.
     *
     * @param status the HTTP status
     * @param body the body as bytes
     */
    public record Answer(int status, byte[] body) {
        /**
         * @return the body, when it is one JSON object without duplicate members
         */
        public Optional<JsonNode> jsonObject() {
            return StrictMessageJson.parse(body).filter(JsonNode::isObject);
        }

        @Override
        public String toString() {
            return "Answer[status=" + status + "]";
        }
    }

    private final HttpClient client;
    private final Duration deadline;

    /**
     * @param connectTimeout for the connection alone
     * @param deadline for the whole call
     */
    public RemoteCall(Duration connectTimeout, Duration deadline) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.deadline = deadline;
    }

    @Override
    public CompletableFuture<Answer> post(URI target, Map<String, String> headers, String body) {
        HttpRequest.Builder request = request(target).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    @Override
    public CompletableFuture<Answer> get(URI target) {
        return send(request(target).GET().build());
    }

    private HttpRequest.Builder request(URI target) {
        return HttpRequest.newBuilder(target).timeout(deadline).header("Accept", "application/json");
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request, response -> new BoundedBody(MAX_ANSWER_BYTES));
        CompletableFuture<Answer> answer = call.thenApply(
                        response -> new Answer(response.statusCode(), response.body()))
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        answer.whenComplete((done, failure) -> {
            if (failure instanceof TimeoutException) {
                call.cancel(true);
            }
        });
        return answer;
    }

    /** Ends the connections where Java lets a client be closed, which is 21 and later; waits for running calls. */
    @Override
    public void close() {
        if ((Object) client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception unclosed) {
                throw new IllegalStateException("The HTTP client could not be closed.", unclosed);
            }
        }
    }

    /**
     * @param failure why a call failed
     * @return one line for a log; names the kind of failure, never what was sent
     */
    public static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                ? "no answer in time"
                : cause.getClass().getSimpleName();
    }
}
