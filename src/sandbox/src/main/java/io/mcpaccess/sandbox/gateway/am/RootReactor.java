package io.mcpaccess.sandbox.gateway.am;

import io.gravitee.am.gateway.reactor.Reactor;
import io.gravitee.common.service.AbstractService;
import io.vertx.rxjava3.ext.web.Router;

/** AM's Reactor: the gateway's router above the domains. */
@SuppressWarnings("rawtypes")
public final class RootReactor extends AbstractService implements Reactor {
    private final Router router;

    /**
     * Makes the reactor.
     *
     * @param router the gateway's router
     */
    public RootReactor(Router router) {
        this.router = router;
    }

    @Override
    public Router route() {
        return router;
    }
}
