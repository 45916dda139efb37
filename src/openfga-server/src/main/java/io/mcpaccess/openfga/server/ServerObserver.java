package io.mcpaccess.openfga.server;

/** Told of what happens between the engine and the server, for metrics and the log. Called on any thread; must return at once. */
public interface ServerObserver {

    /** A read was sent a second time. */
    void retried();

    /**
     * The circuit breaker changed.
     *
     * @param state {@code closed}, {@code open} or {@code half_open}
     */
    void breakerChanged(String state);

    /**
     * The decision cache was asked.
     *
     * @param hit whether it knew the answer
     */
    void cacheAsked(boolean hit);

    /**
     * An observer that looks away.
     *
     * @return does nothing
     */
    static ServerObserver none() {
        return new ServerObserver() {
            @Override
            public void retried() {}

            @Override
            public void breakerChanged(String state) {}

            @Override
            public void cacheAsked(boolean hit) {}
        };
    }
}
