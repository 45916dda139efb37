package io.mcpaccess.engine;

import io.mcpaccess.engine.backend.OpenFgaBackend;
import io.mcpaccess.engine.embedded.ChangeLog;
import io.mcpaccess.engine.embedded.EmbeddedBackend;
import io.mcpaccess.engine.embedded.EmbeddedEngine;
import io.mcpaccess.engine.embedded.StoreContent;
import io.mcpaccess.engine.embedded.Ulids;
import io.mcpaccess.engine.embedded.file.StoreFileReader;
import io.mcpaccess.engine.server.ServerBackend;
import io.mcpaccess.engine.server.ServerObserver;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Opens the backend that an engine's settings ask for. */
final class Backends {

    private final Node node;

    Backends(Node node) {
        this.node = node;
    }

    /**
     * Opens a backend. No server is connected to yet.
     *
     * @throws IllegalArgumentException when the settings cannot be used
     * @throws io.mcpaccess.engine.embedded.file.StoreFileException when the store's file cannot
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
        StoreContent content = StoreFileReader.read(node.embeddedDirectory().resolve(source.storeFile()));
        EmbeddedEngine engine =
                new EmbeddedEngine(content, ChangeLog.none(), new Ulids(Clock.systemUTC(), new SecureRandom()));
        return new EmbeddedBackend(engine, source.storeFile(), Optional.empty());
    }
}
