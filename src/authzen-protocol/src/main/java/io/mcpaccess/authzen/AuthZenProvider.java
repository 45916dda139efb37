package io.mcpaccess.authzen;

import io.gravitee.am.gateway.handler.api.AbstractProtocolProvider;
import io.mcpaccess.authzen.metadata.MetadataRoutes;
import io.vertx.rxjava3.ext.web.Route;
import io.vertx.rxjava3.ext.web.Router;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The plugin in one domain. AM makes it by its constructor without arguments, injects it from the plugin's context, and
 * starts and stops it whenever the domain is deployed again.
 */
public class AuthZenProvider extends AbstractProtocolProvider {

    @Autowired
    private Router router;

    @Autowired
    private AuthZenRoutes routes;

    @Autowired
    private MetadataRoutes metadata;

    private Route mounted;

    @Override
    public String path() {
        return "/access";
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // Vert.x 5 has no mountSubRouter; this form is the same on 4.5 and 5.
        mounted = router.route(path() + "/*").subRouter(routes.router());
        metadata.mount();
    }

    @Override
    protected void doStop() throws Exception {
        metadata.unmount();
        if (mounted != null) {
            mounted.remove();
            mounted = null;
        }
        super.doStop();
    }
}
