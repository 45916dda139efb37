package io.mcpaccess.engine;

import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.mcpaccess.engine.store.OpenStore;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.openfga.embedded.store.DurableStore;
import io.mcpaccess.openfga.embedded.store.StoreFiles;
import io.mcpaccess.openfga.server.ServerBackend;
import io.mcpaccess.openfga.server.ServerObserver;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that an engine's settings ask for. */
final class Backends {

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    private final Node node;
    private final Supplier<AuthorizationEngineRepository> engines;
    private final Optional<Vertx> vertx;

    /**
     * Backends on a node.
     *
     * @param node which
     * @param engines finds AM's engines; gives null where there is no repository
     * @param vertx the node's, where it has one
     */
    Backends(Node node, Supplier<AuthorizationEngineRepository> engines, Optional<Vertx> vertx) {
        this.node = node;
        this.engines = engines;
        this.vertx = vertx;
    }

    /** The time of this node. */
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Whose engine it is that names a store. */
    EngineDomain domain(Source source) {
        // A server knows its own tenants; nobody asks for the domain then.
        return new EngineDomain(
                source.storeName(), node.isManagement(), source instanceof Source.Embedded ? engines : () -> null);
    }

    /**
     * Opens a store. No server is connected to yet.
     *
     * @throws IllegalArgumentException when the settings cannot be used
     */
    OpenStore open(Source source, EngineDomain domain, ServerObserver observer) {
        if (source instanceof Source.Server server) {
            ServerBackend backend = new ServerBackend(
                    server.settings(),
                    vertx,
                    clock(),
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    observer);
            return OpenStore.of(backend, clock());
        }
        return embedded((Source.Embedded) source, domain);
    }

    /** With the time for conditions: a file's model is looked at each second, a server's every ten. */
    EngineSettings clocked(EngineSettings settings, StoreAdministration store) {
        Duration interval = Duration.ofSeconds(settings.source() instanceof Source.Server ? 10 : 1);
        return settings.withClock(new ModelClock(store, System::nanoTime, interval), clock());
    }

    private OpenStore embedded(Source.Embedded source, EngineDomain domain) {
        StoreFiles files = new StoreFiles(node.embeddedDirectory(), source.storeFile());
        // Gateway and management API have homes of their own: a relative directory is not the same for both.
        LOG.info("Embedded store {} is in {} (mcp.embedded.dir)", source.storeFile(), node.embeddedDirectory());
        EmbeddedBackend backend = DurableStore.openWhenReadable(
                        files, clock(), new SecureRandom(), domain, node.embeddedAge())
                .backend(source.modelId());
        return OpenStore.of(backend);
    }
}
