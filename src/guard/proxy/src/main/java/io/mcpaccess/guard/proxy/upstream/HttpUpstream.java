package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.settings.StreamTimes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A server that speaks Streamable HTTP. Its URL is fixed: neither path nor query of the client go on, and no redirect of the
 * server is followed.
 */
public final class HttpUpstream implements Upstream {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HttpClient client;
    private final URI url;
    private final StreamTimes times;
    private final InstantSource clock;

    /**
     * @param vertx the host
     * @param client may be shared
     * @param url where the server is
     * @param times how long it is waited for
     * @param clock tells when tokens expire
     */
    public HttpUpstream(Vertx vertx, HttpClient client, URI url, StreamTimes times, InstantSource clock) {
        this.vertx = vertx;
        this.client = client;
        this.url = url;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public void pass(AllowedRequest request, ClientAnswer answer) {
        new ServerExchange(vertx, request, answer, times, clock).start(client.request(forServer(request)));
    }

    private RequestOptions forServer(AllowedRequest request) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECT.toMillis());
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(request.headers().names());
        for (String name : names) {
            if (PassedHeaders.isForServer(name)) {
                List<String> values = request.decision()
                        .forServer()
                        .header(name, request.headers().getAll(name));
                values.forEach(value -> options.addHeader(name, value));
            }
        }
        request.decision().forServer().headers().forEach(options::putHeader);
        request.identity().forEach(options::putHeader);
        return options;
    }

    /** Its client is shared and stays. */
    @Override
    public void retire() {
        // What is under way ends as it began.
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
