package io.mcpaccess.openfga.server.testing;

import io.vertx.core.Vertx;
import java.util.Optional;

/** What requests go over: the two kinds of hosts. */
public enum Host {
    /** One with Vert.x, of the version on the class path. */
    VERTX,
    /** One without. */
    JAVA;

    /** One for all tests of a JVM, as one node has one; its threads are daemons of no plugin. */
    private static final class Shared {
        private static final Vertx VERTX = Vertx.vertx();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(VERTX::close));
        }
    }

    /**
     * The host's Vert.x.
     *
     * @return the same at each call; nothing for a host without
     */
    public Optional<Vertx> vertx() {
        return this == VERTX ? Optional.of(Shared.VERTX) : Optional.empty();
    }
}
