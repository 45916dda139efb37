package io.mcpaccess.guard.proxy.front;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of clients: so many at once, and none that is open for long without a whole request. Time counts from the
 * end of the last request, not from the last byte: a client that sends its headers letter by letter gains nothing. Event loops
 * share it.
 */
public final class Connections {
    private static final Duration LONGEST_WITHOUT_REQUEST = Duration.ofSeconds(30);

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<HttpConnection, State> states = new ConcurrentHashMap<>();

    private static final class State {
        private volatile int underWay;
        private volatile long idleSince = System.nanoTime();
        private volatile boolean ending;
    }

    /**
     * @param most how many are open at most
     */
    public Connections(int most) {
        this.most = most;
    }

    /**
     * @param connection that was opened; closed again at once when there are too many
     */
    public void opened(HttpConnection connection) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            connection.close();
            return;
        }
        states.put(connection, new State());
        connection.closeHandler(closed -> {
            if (states.remove(connection) != null) {
                open.decrementAndGet();
            }
        });
    }

    /**
     * @return how many are open
     */
    public int count() {
        return open.get();
    }

    /** A request has come. False when its connection was to end before it: it is not looked at. */
    boolean begins(HttpConnection connection) {
        State state = states.get(connection);
        if (state == null || state.ending) {
            return false;
        }
        state.underWay++;
        return true;
    }

    void ended(HttpConnection connection) {
        State state = states.get(connection);
        if (state != null) {
            state.underWay--;
            state.idleSince = System.nanoTime();
        }
    }

    /** No request that comes behind is looked at. */
    void lastRequest(HttpConnection connection) {
        State state = states.get(connection);
        if (state != null) {
            state.ending = true;
        }
    }

    /** Closes those that are open for too long without a request; called every few seconds. */
    public void sweep() {
        long now = System.nanoTime();
        states.forEach((connection, state) -> {
            if (state.underWay == 0 && now - state.idleSince > LONGEST_WITHOUT_REQUEST.toNanos()) {
                connection.close();
            }
        });
    }
}
