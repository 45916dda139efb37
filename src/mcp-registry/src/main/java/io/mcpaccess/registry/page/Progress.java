package io.mcpaccess.registry.page;

import java.util.concurrent.CancellationException;

/** Told while something long is read, so that it ends when nobody waits for it any more. */
@FunctionalInterface
interface Progress {

    /**
     * Another part was read.
     *
     * @throws BrowserGoneException when whoever asked has gone
     */
    void step();

    /** Ends a read that nobody waits for. */
    final class BrowserGoneException extends CancellationException {

        private static final long serialVersionUID = 1L;

        BrowserGoneException(Throwable cause) {
            super("The browser has gone");
            initCause(cause);
        }
    }
}
