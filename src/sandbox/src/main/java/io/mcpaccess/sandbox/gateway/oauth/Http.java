package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.gateway.flow.PolicyFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the endpoints share of HTTP: parameters in, JSON and errors out. */
final class Http {
    private static final Logger LOG = LoggerFactory.getLogger(Http.class);

    private Http() {}

    /** The query's parameters. */
    static Map<String, List<String>> query(RoutingContext context) {
        return lists(context.queryParams());
    }

    /** The form's parameters. */
    static Map<String, List<String>> form(RoutingContext context) {
        return lists(context.request().formAttributes());
    }

    /** The query as the authorization request had it: AM adds an error to it on the way back to a page. */
    static String requestQuery(RoutingContext context) {
        String query = context.request().query();
        return query == null ? "" : query.replaceAll("&error(_code|_description)?=[^&]*", "");
    }

    /** The first value of a parameter, null where there is none or it is blank. */
    static String first(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() || values.get(0).isBlank() ? null : values.get(0);
    }

    static void json(RoutingContext context, int status, Map<String, Object> body) {
        uncached(context.response())
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject(body).encode());
    }

    /** Answers a failure of the token, introspection or revocation endpoint. */
    static void fail(RoutingContext context, Throwable cause) {
        if (cause instanceof OAuthFailure failure) {
            if (failure.challenge()) {
                context.response().putHeader("WWW-Authenticate", "Basic realm=\"gravitee-io\"");
            }
            error(context, failure.status(), failure.error(), failure.getMessage());
        } else if (cause instanceof PolicyFailure policy) {
            error(context, policy.status(), "invalid_grant", policy.getMessage());
        } else {
            LOG.error("An OAuth endpoint failed", cause);
            error(context, 500, "server_error", "Unexpected error");
        }
    }

    static void redirect(RoutingContext context, String location) {
        uncached(context.response())
                .setStatusCode(302)
                .putHeader("Location", location)
                .end();
    }

    static HttpServerResponse uncached(HttpServerResponse response) {
        return response.putHeader("Cache-Control", "no-store").putHeader("Pragma", "no-cache");
    }

    private static void error(RoutingContext context, int status, String error, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        json(context, status, body);
    }

    private static Map<String, List<String>> lists(MultiMap values) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        values.names().forEach(name -> lists.put(name, values.getAll(name)));
        return lists;
    }
}
