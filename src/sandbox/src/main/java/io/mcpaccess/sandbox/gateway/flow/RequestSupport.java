package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.common.http.HttpMethod;
import io.gravitee.common.http.HttpVersion;
import io.gravitee.common.util.LinkedMultiValueMap;
import io.gravitee.common.util.MultiValueMap;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.buffer.Buffer;
import io.gravitee.gateway.api.handler.Handler;
import io.gravitee.gateway.api.http.HttpHeaders;
import io.gravitee.gateway.api.http2.HttpFrame;
import io.gravitee.gateway.api.stream.ReadStream;
import io.gravitee.gateway.api.ws.WebSocket;
import io.gravitee.reporter.api.http.Metrics;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLSession;

/** What AM's two kinds of request have in common; what neither has (body, frames, sockets) answers null as in AM. */
abstract class RequestSupport implements Request {
    private final String id = UUID.randomUUID().toString();
    private final long timestamp;
    private final MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();

    RequestSupport(long timestamp, Map<String, List<String>> parameters) {
        this.timestamp = timestamp;
        parameters.forEach((name, values) -> values.forEach(value -> this.parameters.add(name, value)));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String transactionId() {
        return id;
    }

    @Override
    public MultiValueMap<String, String> parameters() {
        return parameters;
    }

    @Override
    public MultiValueMap<String, String> pathParameters() {
        return null;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public String uri() {
        return null;
    }

    @Override
    public String path() {
        return null;
    }

    @Override
    public String pathInfo() {
        return null;
    }

    @Override
    public String contextPath() {
        return null;
    }

    @Override
    public HttpHeaders headers() {
        return null;
    }

    @Override
    public HttpMethod method() {
        return null;
    }

    @Override
    public String scheme() {
        return null;
    }

    @Override
    public HttpVersion version() {
        return null;
    }

    @Override
    public String remoteAddress() {
        return null;
    }

    @Override
    public String localAddress() {
        return null;
    }

    @Override
    public String host() {
        return null;
    }

    @Override
    public SSLSession sslSession() {
        return null;
    }

    @Override
    public Metrics metrics() {
        return null;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public Request timeoutHandler(Handler<Long> handler) {
        return this;
    }

    @Override
    public Handler<Long> timeoutHandler() {
        return null;
    }

    @Override
    public boolean isWebSocket() {
        return false;
    }

    @Override
    public WebSocket websocket() {
        return null;
    }

    @Override
    public Request customFrameHandler(Handler<HttpFrame> handler) {
        return this;
    }

    @Override
    public Request closeHandler(Handler<Void> handler) {
        return this;
    }

    @Override
    public ReadStream<Buffer> bodyHandler(Handler<Buffer> handler) {
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> handler) {
        return this;
    }
}
