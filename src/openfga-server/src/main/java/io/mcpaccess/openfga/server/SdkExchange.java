package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.server.http.HttpCall;
import io.mcpaccess.openfga.server.http.HttpTransport;
import io.mcpaccess.openfga.server.http.WholeAnswer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/** A request as the SDK builds it, sent over our transport. Bodies go as one piece both ways. */
final class SdkExchange {

    /** A page of fifty models, each as large as OpenFGA stores them. */
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private SdkExchange() {}

    static <T> CompletableFuture<HttpResponse<T>> send(
            HttpTransport transport, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        Map<String, String> headers = new HashMap<>();
        request.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        HttpCall call = new HttpCall(
                request.method(),
                request.uri(),
                headers,
                null,
                null,
                request.bodyPublisher().map(SdkExchange::bytes).orElse(null),
                request.timeout().orElseThrow(),
                MOST_BYTES);
        return transport.send(call).thenCompose(answer -> read(request, answer, handler));
    }

    /** The SDK's bodies are bytes in memory, which are published at once. */
    private static byte[] bytes(HttpRequest.BodyPublisher publisher) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }

            @Override
            public void onError(Throwable failure) {
                throw new IllegalStateException("The SDK's request has no body", failure);
            }

            @Override
            public void onComplete() {
                // The bytes are there.
            }
        });
        return bytes.size() == 0 ? null : bytes.toByteArray();
    }

    private static <T> CompletableFuture<HttpResponse<T>> read(
            HttpRequest request, WholeAnswer answer, HttpResponse.BodyHandler<T> handler) {
        HttpHeaders headers = HttpHeaders.of(
                answer.retryAfter() == null ? Map.of() : Map.of("Retry-After", List.of(answer.retryAfter())),
                (name, value) -> true);
        HttpResponse.BodySubscriber<T> subscriber = handler.apply(new Head(answer.status(), headers));
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long pieces) {
                // All of it comes in any case.
            }

            @Override
            public void cancel() {
                // All of it is here already.
            }
        });
        subscriber.onNext(List.of(ByteBuffer.wrap(answer.body())));
        subscriber.onComplete();
        return subscriber
                .getBody()
                .<HttpResponse<T>>thenApply(body -> new Response<>(request, answer.status(), headers, body))
                .toCompletableFuture();
    }

    private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    private record Response<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
            implements HttpResponse<T> {

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }

        /** Shows no body. */
        @Override
        public String toString() {
            return "Response[" + statusCode + "]";
        }
    }
}
