package io.mcpaccess.engine;

import io.mcpaccess.openfga.OpenFgaBackend;
import io.mcpaccess.openfga.embedded.store.DurableStore;
import io.mcpaccess.openfga.embedded.store.StoreFiles;
import io.mcpaccess.openfga.server.ServerBackend;
import io.mcpaccess.openfga.server.ServerObserver;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the backend that an engine's settings ask for. */
final class Backends {

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    private final Node node;

    Backends(Node node) {
        this.node = node;
    }

    /**
     * Opens a backend. No server is connected to yet.
     *
     * @throws IllegalArgumentException when the settings cannot be used
     */
    OpenFgaBackend open(Source source, ServerObserver observer) {
        if (source instanceof Source.Server server) {
            return new ServerBackend(
                    server.settings(),
                    InstantSource.system(),
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    observer);
        }
        return embedded((Source.Embedded) source);
    }

    private OpenFgaBackend embedded(Source.Embedded source) {
        StoreFiles files = new StoreFiles(node.embeddedDirectory(), source.storeFile());
        // Gateway and management API have homes of their own: a relative directory is not the same for both.
        LOG.info("Embedded store {} is in {} (mcp.embedded.dir)", source.storeFile(), node.embeddedDirectory());
        return DurableStore.openWhenReadable(files, Clock.systemUTC(), new SecureRandom())
                .backend(source.modelId());
    }
}
