package io.mcpaccess.authzen.metadata;

import io.gravitee.am.gateway.reactor.Reactor;
import io.gravitee.am.model.Domain;
import io.vertx.core.Handler;
import io.vertx.rxjava3.ext.web.Route;
import io.vertx.rxjava3.ext.web.Router;
import io.vertx.rxjava3.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * The two places of the metadata. AuthZEN puts the well-known part between host and path (section 9.2), which on the
 * gateway is outside the domain's router; many clients put it behind the path. AM's discovery answers every well-known
 * path below a domain, so both routes stand before it.
 *
 * <p>Not for use by several threads: AM starts and stops a provider on one.
 */
public final class MetadataRoutes {

    private static final String WELL_KNOWN = "/.well-known/authzen-configuration";
    private static final int BEFORE_AM = -1;
    /** Anything else could mean something to the router. */
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[\\w.~-]+)+");

    private final Router domainRouter;
    private final Optional<Reactor> reactor;
    private final Domain domain;
    private final Optional<Handler<RoutingContext>> metadata;
    private final List<Mounted> mounted = new ArrayList<>();

    /**
     * Wires the routes of one domain.
     *
     * @param domainRouter the domain's router
     * @param reactor the gateway's root, empty where AM has no such bean
     * @param domain the domain
     * @param metadata answers; nothing is mounted without
     */
    public MetadataRoutes(
            Router domainRouter, Optional<Reactor> reactor, Domain domain, Optional<Handler<RoutingContext>> metadata) {
        this.domainRouter = Objects.requireNonNull(domainRouter, "domainRouter");
        this.reactor = Objects.requireNonNull(reactor, "reactor");
        this.domain = Objects.requireNonNull(domain, "domain");
        this.metadata = Objects.requireNonNull(metadata, "metadata");
    }

    /** Puts the routes in place. */
    public void mount() {
        metadata.ifPresent(handler -> {
            add(domainRouter, WELL_KNOWN, handler);
            if (hasPlaceAtTheRoot()) {
                reactor.ifPresent(root -> add(root.route(), WELL_KNOWN + domain.getPath(), handler));
            }
        });
    }

    /** Takes them away again; the gateway's root outlives the domain. */
    public void unmount() {
        mounted.forEach(Mounted::remove);
        mounted.clear();
    }

    /** At the root a virtual host's path may be another domain's. */
    private boolean hasPlaceAtTheRoot() {
        return !domain.isVhostMode()
                && domain.getPath() != null
                && PLAIN_PATH.matcher(domain.getPath()).matches();
    }

    private void add(Router router, String path, Handler<RoutingContext> handler) {
        Switch answers = new Switch(handler);
        mounted.add(new Mounted(router.get(path).order(BEFORE_AM).handler(answers), answers));
    }

    private record Mounted(Route route, Switch answers) {

        /** Vert.x may not find a route again where several have the same order; so it is also made to do nothing. */
        void remove() {
            answers.off();
            route.disable();
            route.remove();
        }
    }

    /** A handler that can be taken away and then holds on to nothing. */
    private static final class Switch implements Handler<RoutingContext> {

        private final AtomicReference<Handler<RoutingContext>> handler;

        private Switch(Handler<RoutingContext> handler) {
            this.handler = new AtomicReference<>(handler);
        }

        private void off() {
            handler.set(null);
        }

        @Override
        public void handle(RoutingContext routing) {
            Handler<RoutingContext> present = handler.get();
            if (present == null) {
                routing.next();
            } else {
                present.handle(routing);
            }
        }
    }
}
