package io.mcpaccess.guard.proxy.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Health, readiness and metrics, for those who run the proxy. It tells no secret, and no user's name. */
public final class Management implements Handler<HttpServerRequest> {
    private static final String JSON = "application/json";

    private final Readiness readiness;
    private final PrometheusMeterRegistry registry;

    /**
     * @param readiness what servers still lack
     * @param registry the numbers
     */
    public Management(Readiness readiness, PrometheusMeterRegistry registry) {
        this.readiness = readiness;
        this.registry = registry;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            answer(request, 405, JSON, "");
            return;
        }
        switch (request.path() == null ? "" : request.path()) {
            case "/health" -> answer(request, 200, JSON, "{\"status\":\"up\"}");
            case "/ready" -> ready(request);
            case "/metrics" -> answer(request, 200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
            default -> answer(request, 404, JSON, "");
        }
    }

    private void ready(HttpServerRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var lacking = readiness.lacking();
        body.put("status", lacking.isEmpty() ? "ready" : "not ready");
        if (!lacking.isEmpty()) {
            ObjectNode servers = body.putObject("lacking");
            lacking.forEach(servers::put);
        }
        answer(request, lacking.isEmpty() ? 200 : 503, JSON, body.toString());
    }

    private static void answer(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
}
