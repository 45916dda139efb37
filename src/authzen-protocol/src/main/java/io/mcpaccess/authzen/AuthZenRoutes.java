package io.mcpaccess.authzen;

import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Endpoint;
import io.mcpaccess.authzen.http.EndpointHandler;
import io.mcpaccess.authzen.http.FailureHandler;
import io.mcpaccess.core.authzen.StrictJson;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.ext.web.Router;
import io.vertx.rxjava3.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Where AuthZEN's endpoints are (AuthZEN 1.0, section 10.1), below the path of the provider. */
public final class AuthZenRoutes {

    /** Longer than the engine and the introspection may take one after the other, shorter than callers wait. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Endpoint POST_ONLY = call -> CompletableFuture.completedFuture(
            Answer.error(405, "AuthZEN questions are asked with POST.").with("Allow", List.of("POST")));

    private final Vertx vertx;
    private final Endpoint evaluation;
    private final Endpoint evaluations;

    /**
     * Wires the routes.
     *
     * @param vertx the gateway's Vert.x
     * @param evaluation Access Evaluation
     * @param evaluations Access Evaluations
     */
    public AuthZenRoutes(Vertx vertx, Endpoint evaluation, Endpoint evaluations) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.evaluation = Objects.requireNonNull(evaluation, "evaluation");
        this.evaluations = Objects.requireNonNull(evaluations, "evaluations");
    }

    /**
     * Makes the router.
     *
     * @return a router to be mounted at {@code /access}
     */
    public Router router() {
        Router router = Router.router(vertx);
        add(router, "/v1/evaluation", evaluation);
        add(router, "/v1/evaluations", evaluations);
        return router;
    }

    private void add(Router router, String path, Endpoint endpoint) {
        // AM has collected the body before; where it has, this handler steps aside.
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(StrictJson.MAX_BYTES + 1L));
        router.post(path).handler(handler(endpoint));
        router.route(path).handler(handler(POST_ONLY)).failureHandler(new FailureHandler());
    }

    private EndpointHandler handler(Endpoint endpoint) {
        return new EndpointHandler(vertx.getDelegate(), endpoint, LIMIT);
    }
}
