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

    private static final Endpoint POST_ONLY = call -> CompletableFuture.completedFuture(
            Answer.error(405, "AuthZEN questions are asked with POST.").with("Allow", List.of("POST")));

    private final Vertx vertx;
    private final List<Mount> mounts;

    /**
     * An endpoint and its place.
     *
     * @param path the path below {@code /access}
     * @param endpoint what answers
     * @param limit the time after which 503 is answered whatever the endpoint still does
     */
    public record Mount(String path, Endpoint endpoint, Duration limit) {

        public Mount {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(limit, "limit");
        }
    }

    /**
     * Wires the routes.
     *
     * @param vertx the gateway's Vert.x
     * @param mounts the endpoints
     */
    public AuthZenRoutes(Vertx vertx, List<Mount> mounts) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.mounts = List.copyOf(mounts);
    }

    /**
     * Makes the router.
     *
     * @return a router to be mounted at {@code /access}
     */
    public Router router() {
        Router router = Router.router(vertx);
        mounts.forEach(mount -> add(router, mount));
        return router;
    }

    private void add(Router router, Mount mount) {
        String path = mount.path();
        // AM has collected the body before; where it has, this handler steps aside.
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(StrictJson.MAX_BYTES + 1L));
        router.post(path).handler(handler(mount.endpoint(), mount.limit()));
        router.route(path).handler(handler(POST_ONLY, mount.limit())).failureHandler(new FailureHandler());
    }

    private EndpointHandler handler(Endpoint endpoint, Duration limit) {
        return new EndpointHandler(vertx.getDelegate(), endpoint, limit);
    }
}
