package io.mcpaccess.engine;

import io.mcpaccess.engine.backend.OpenFgaBackend;
import io.mcpaccess.engine.backend.UnavailableBackend;
import io.mcpaccess.engine.server.ServerBackend;
import io.mcpaccess.engine.server.ServerObserver;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** Opens the backend that an engine's settings ask for. */
final class Backends {

    private final Node node;
    private final ServerObserver observer;

    Backends(Node node, ServerObserver observer) {
        this.node = node;
        this.observer = observer;
    }

    /**
     * Opens a backend. Nothing is connected to yet.
     *
     * @throws IllegalArgumentException when the settings cannot be used
     */
    OpenFgaBackend open(Source source) {
        if (source instanceof Source.Server server) {
            return new ServerBackend(
                    server.settings(),
                    InstantSource.system(),
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    observer);
        }
        return new UnavailableBackend("The embedded store is not part of this build");
    }
}
