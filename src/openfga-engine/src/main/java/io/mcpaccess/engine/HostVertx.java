package io.mcpaccess.engine;

import io.vertx.core.Vertx;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/** The Vert.x that AM's node runs on. AM has it among its beans in its RxJava form. */
final class HostVertx {

    private static final Logger LOG = LoggerFactory.getLogger(HostVertx.class);

    private HostVertx() {}

    /**
     * Looks for it.
     *
     * @param context the plugin's context, a child of the node's
     * @return the node's Vert.x; nothing where the node has none, or one that is not known here
     */
    static Optional<Vertx> in(ApplicationContext context) {
        try {
            io.vertx.rxjava3.core.Vertx bean =
                    context.getBeanProvider(io.vertx.rxjava3.core.Vertx.class).getIfAvailable();
            if (bean != null) {
                return Optional.of(bean.getDelegate());
            }
            return Optional.ofNullable(context.getBeanProvider(Vertx.class).getIfAvailable());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The node's Vert.x cannot be used; OpenFGA is asked over Java's own HTTP client", e);
            return Optional.empty();
        }
    }
}
