package io.mcpaccess.openfga.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Requests over the host's Vert.x: on the event loop of whoever asks, over connections that are kept, with HTTP/2 where a TLS server
 * offers it (ALPN). Starts no thread; answers come on the caller's own event loop, or on one of the host's for any other thread.
 *
 * <p>One binary for Vert.x 4.5 and 5: {@link VertxLines} has what differs.
 */
public final class VertxTransport implements HttpTransport {

    /** Shorter than proxies between here and the server keep a connection that is not used. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    /** Twice what is asked at once ({@code Turns.MOST}): a connection that is given up counts until it is closed. */
    private static final int MOST_HTTP1 = 512;

    /** Connections to a server that speaks HTTP/2; each carries a hundred requests or more at a time. */
    private static final int MOST_HTTP2 = 8;

    private final Vertx vertx;
    private final Duration grace;
    private final HttpClient plain;
    private final HttpClient encrypted;
    private final VertxPulse pulse;
    private final SystemProxy proxies = new SystemProxy();
    private final OpenCalls calls = new OpenCalls(this::free);

    /**
     * Starts no connection yet.
     *
     * @param vertx the host's; stays the host's
     * @param tls what to trust and present
     * @param connectTimeout until a connection stands
     * @param grace how long requests in flight may still take when the transport is closed
     * @throws IllegalArgumentException when the TLS settings cannot be used
     */
    public VertxTransport(Vertx vertx, TlsMaterial tls, Duration connectTimeout, Duration grace) {
        this.vertx = vertx;
        this.grace = grace;
        this.pulse = new VertxPulse(vertx);
        PemTls.Managers managers = PemTls.managersOf(tls);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST_HTTP1).setHttp2MaxSize(MOST_HTTP2);
        // Over plain TCP nobody says beforehand that a server speaks HTTP/2.
        this.plain = VertxLines.client(vertx, options(connectTimeout).setProtocolVersion(HttpVersion.HTTP_1_1), pool);
        this.encrypted = VertxLines.client(vertx, encrypted(options(connectTimeout), managers), pool);
    }

    private static HttpClientOptions options(Duration connectTimeout) {
        return new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
                // The caller's trace is passed on as it is: the engine's own header says it.
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    private static HttpClientOptions encrypted(HttpClientOptions options, PemTls.Managers managers) {
        options.setSsl(true).setVerifyHost(true).setUseAlpn(true).setProtocolVersion(HttpVersion.HTTP_2);
        if (managers.keys() != null) {
            options.setKeyCertOptions(KeyCertOptions.wrap(managers.keys()));
        }
        if (managers.trust() != null) {
            options.setTrustOptions(TrustOptions.wrap(managers.trust()));
        }
        return options;
    }

    @Override
    public void send(HttpCall call, AnswerBody body, BiConsumer<WholeAnswer, Throwable> end) {
        if (!calls.enter()) {
            end.accept(null, OpenCalls.stopped());
            return;
        }
        VertxExchange exchange = new VertxExchange(vertx, pulse, call, body, (answer, failure) -> {
            try {
                end.accept(answer, failure);
            } finally {
                calls.leave();
            }
        });
        boolean isEncrypted = "https".equalsIgnoreCase(call.uri().getScheme());
        exchange.begin(isEncrypted ? encrypted : plain, options(call, isEncrypted));
    }

    private RequestOptions options(HttpCall call, boolean isEncrypted) {
        URI uri = call.uri();
        String query = uri.getRawQuery();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setHost(host(uri))
                .setPort(uri.getPort() >= 0 ? uri.getPort() : isEncrypted ? 443 : 80)
                .setSsl(isEncrypted)
                .setURI(query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query);
        proxies.of(uri).ifPresent(options::setProxyOptions);
        return options;
    }

    /** Java has IPv6 addresses in brackets here, and Vert.x without. */
    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
        return () -> vertx.cancelTimer(timer);
    }

    @Override
    public void execute(Runnable task) {
        if (!calls.isClosing()) {
            vertx.executeBlocking(
                    () -> {
                        task.run();
                        return null;
                    },
                    false);
        }
    }

    @Override
    public boolean enter() {
        return calls.enter();
    }

    @Override
    public void leave() {
        calls.leave();
    }

    @Override
    public void close() {
        if (!calls.isClosing() && calls.close()) {
            after(grace, calls::freeNow);
        }
    }

    private void free() {
        plain.close();
        encrypted.close();
    }
}
