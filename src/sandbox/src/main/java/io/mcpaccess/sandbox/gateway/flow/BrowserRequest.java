package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.common.http.HttpMethod;
import io.gravitee.gateway.api.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The request that a policy on a browser's endpoint gets: a view of the HTTP request. */
final class BrowserRequest extends RequestSupport {
    private final RoutingContext context;
    private final HttpHeaders headers = HttpHeaders.create();

    BrowserRequest(long timestamp, RoutingContext context) {
        super(timestamp, parameters(context));
        this.context = context;
        context.request().headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
    }

    @Override
    public String uri() {
        return context.request().uri();
    }

    @Override
    public String path() {
        return context.request().path();
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.valueOf(context.request().method().name());
    }

    @Override
    public String scheme() {
        return context.request().scheme();
    }

    @Override
    public String remoteAddress() {
        SocketAddress remote = context.request().remoteAddress();
        return remote == null ? null : remote.hostAddress();
    }

    private static Map<String, List<String>> parameters(RoutingContext context) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        // As in AM, whose body handler adds a form's fields to the parameters of the query.
        context.request()
                .params()
                .names()
                .forEach(name -> parameters.put(name, context.request().params().getAll(name)));
        return parameters;
    }
}
