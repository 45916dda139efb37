package io.mcpaccess.sandbox.node;

import io.mcpaccess.sandbox.am.DomainEventManager;
import io.mcpaccess.sandbox.plugin.PluginRegistryLoader;
import io.mcpaccess.sandbox.shared.Address;
import io.mcpaccess.sandbox.shared.Closer;
import io.mcpaccess.sandbox.shared.Node;
import io.mcpaccess.sandbox.shared.NodeSettings;
import io.vertx.core.Vertx;
import org.springframework.context.ApplicationContext;

/** What both nodes do alike: whatever was started is stopped again, also where the start fails half way. */
public abstract class NodeBase implements Node {
    /** Table and key of the start page's address, which the gateway learns when the management node serves. */
    protected static final String START_PAGE = "start-page";

    private final Closer parts = new Closer();

    @Override
    public final Address start(NodeSettings settings) throws Exception {
        try {
            return open(settings);
        } catch (Exception e) {
            stop();
            throw e;
        }
    }

    @Override
    public final void stop() throws Exception {
        parts.close();
    }

    /**
     * Starts the node; each part that has to be stopped is given to {@link #closing}.
     *
     * @param settings what to start with
     * @return where it listens
     * @throws Exception where it cannot start
     */
    protected abstract Address open(NodeSettings settings) throws Exception;

    /**
     * Remembers a part that is closed when the node stops, the last first.
     *
     * @param part what closes it
     */
    protected final void closing(Closer.Part part) {
        parts.add(part);
    }

    /**
     * Starts the node's log and metrics, before anything else.
     *
     * @param node the node's name
     * @return the metrics
     */
    protected final NodeMetrics begin(String node) {
        NodeLogging.start(node);
        NodeMetrics metrics = new NodeMetrics();
        closing(metrics::close);
        return metrics;
    }

    /**
     * Makes the node's Vert.x.
     *
     * @param metrics count what it does
     * @return a new one, closed when the node stops
     */
    protected final Vertx vertx(NodeMetrics metrics) {
        Vertx vertx = metrics.vertx();
        closing(() -> vertx.close().toCompletionStage().toCompletableFuture().get());
        return vertx;
    }

    /**
     * Loads the plugins; blocks until they are registered.
     *
     * @param root the node's root context
     * @param settings where the ZIPs are
     * @throws Exception where the directory cannot be read
     */
    protected static void loadPlugins(ApplicationContext root, NodeSettings settings) throws Exception {
        if (settings.plugins() != null) {
            PluginRegistryLoader.load(root, settings.plugins(), settings.workDirectory());
        }
    }

    /**
     * Begins to hear what the other node writes.
     *
     * @param root the node's root context
     * @param settings the bus between the nodes
     */
    protected final void hearTheOtherNode(ApplicationContext root, NodeSettings settings) {
        NodeEvents events = new NodeEvents(settings.events(), root.getBean(DomainEventManager.class));
        closing(events::close);
    }
}
