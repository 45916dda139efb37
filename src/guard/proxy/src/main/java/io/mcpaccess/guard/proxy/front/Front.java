package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.http.HttpAnswer;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.observe.Observer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes each request of a client to the server that it is for. Event loops share it. */
public final class Front implements Handler<HttpServerRequest> {
    private final Vertx vertx;
    private final Connections connections;
    private final Observer observer;
    private volatile Routes routes;

    /**
     * @param vertx the host
     * @param connections those of the clients
     * @param observer is told of every decision
     * @param routes which server is where
     */
    public Front(Vertx vertx, Connections connections, Observer observer, Routes routes) {
        this.vertx = vertx;
        this.connections = connections;
        this.observer = observer;
        this.routes = routes;
    }

    /**
     * @param changed what holds for requests from now on; those under way are not touched
     */
    public void use(Routes changed) {
        routes = changed;
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (!connections.begins(connection)) {
            connection.close();
            return;
        }
        request.pause();
        ClientAnswer answer = new ClientAnswer(vertx, request, connections.patience());
        answer.onEnd(() -> connections.ended(connection));
        Optional<String> path = path(request);
        if (path.isEmpty() || !isOneHost(request)) {
            refuse(request, answer, 400);
            return;
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            refuse(request, answer, 505);
            return;
        }
        if (wantsToClose(request)) {
            closing(request, answer);
        }
        route(request, path.get(), answer);
    }

    /** RFC 9112, section 9.6; other names in that header are the client's own affair, and none of them goes on. */
    private static boolean wantsToClose(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && request.headers().getAll("Connection").stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    private void route(HttpServerRequest request, String path, ClientAnswer answer) {
        Routes now = routes;
        String authority =
                request.authority() == null ? "" : request.authority().toString();
        Optional<GuardedServer> server = now.server(path, authority);
        if (server.isPresent() && !server.get().uses().begin()) {
            // It was replaced in between, and other routes are there already.
            route(request, path, answer);
            return;
        }
        if (server.isPresent()) {
            answer.onEnd(() -> {});
            new GuardedExchange(vertx, request, answer, server.get(), connections, observer).start();
            return;
        }
        Optional<HttpAnswer> document = now.document(path, authority);
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        if (document.isPresent() && reads) {
            answer.whole(document.get());
        } else if (document.isPresent()) {
            answer.whole(new HttpAnswer(405, Map.of("Allow", "GET, HEAD"), ""));
        } else {
            answer.whole(new HttpAnswer(404, Map.of(), ""));
        }
        Leftover.discard(vertx, request, answer.isLast() ? request.connection()::close : () -> {});
    }

    /** On a connection of HTTP/2 are the requests of others, where a proxy in front has one for all its clients. */
    private void refuse(HttpServerRequest request, ClientAnswer answer, int status) {
        boolean isHttp2 = request.version() == HttpVersion.HTTP_2;
        if (!isHttp2) {
            closing(request, answer);
        }
        answer.whole(new HttpAnswer(status, Map.of(), ""));
        Leftover.discard(vertx, request, isHttp2 ? () -> {} : request.connection()::close);
    }

    private void closing(HttpServerRequest request, ClientAnswer answer) {
        answer.endsConnection();
        connections.lastRequest(request.connection());
    }

    /** In the form of RFC 9112, section 3.2.1 alone: an absolute URL may say another host than the header. */
    private static Optional<String> path(HttpServerRequest request) {
        String target = request.uri();
        if (target == null || !target.startsWith("/") || target.indexOf('#') >= 0) {
            return Optional.empty();
        }
        int query = target.indexOf('?');
        return Optional.of(query < 0 ? target : target.substring(0, query));
    }

    /** RFC 9112, section 3.2, and RFC 9113, section 8.3.1: one host, said once. */
    private static boolean isOneHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        if (request.version() != HttpVersion.HTTP_2) {
            return hosts.size() == 1;
        }
        return hosts.isEmpty()
                || hosts.size() == 1
                        && request.authority() != null
                        && hosts.get(0).equalsIgnoreCase(request.authority().toString());
    }
}
