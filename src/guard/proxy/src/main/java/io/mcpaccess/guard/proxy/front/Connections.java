package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.proxy.answer.Cut;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of clients: so many at once, and none that is open for long without a whole request. Time counts from the
 * end of the last request, not from the last byte: a client that sends its headers letter by letter gains nothing. Nor is one
 * kept whose client takes nothing of an answer. Event loops share it.
 */
public final class Connections {
    private static final Duration LONGEST_WITHOUT_REQUEST = Duration.ofSeconds(30);

    private static final Duration LONGEST_UNREAD = Duration.ofSeconds(60);

    private final int most;
    private final Duration patience;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<HttpConnection, State> states = new ConcurrentHashMap<>();

    private static final class State {
        private volatile int underWay;
        private volatile long idleSince = System.nanoTime();
        private volatile boolean ending;
        private volatile boolean closing;
    }

    /**
     * @param most how many are open at most
     */
    public Connections(int most) {
        this(most, LONGEST_UNREAD);
    }

    /**
     * @param most how many are open at most
     * @param patience how long a client may take nothing of an answer
     */
    public Connections(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /**
     * @param connection that was opened; closed again at once when there are too many
     */
    public void opened(HttpConnection connection) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            Cut.off(connection);
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

    /**
     * @return how long a client may take nothing of an answer
     */
    Duration patience() {
        return patience;
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

    /**
     * Closes those that are open for too long without a request; called every few seconds. What is not closed the next time,
     * because its client takes nothing, is cut off.
     */
    public void sweep() {
        long now = System.nanoTime();
        states.forEach((connection, state) -> {
            if (state.closing) {
                Cut.off(connection);
            } else if (state.underWay == 0 && now - state.idleSince > LONGEST_WITHOUT_REQUEST.toNanos()) {
                state.closing = true;
                connection.close();
            }
        });
    }
}
