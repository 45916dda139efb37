package io.mcpaccess.guard.proxy.answer;

import io.mcpaccess.guard.sse.ServerEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * An event stream to a client, written by whole events in their order, each after what may be seen of it is known. A comment
 * goes out when nothing else did for a while: a client that is gone is noticed by writing alone, and it keeps its caller's
 * place until then. The stream ends with the token that opened it. For the event loop of its connection alone.
 */
public final class EventStream {
    private static final Buffer BEAT = Buffer.buffer(":\n");
    /** A client that takes nothing for so many heartbeats reads no more. */
    private static final int BEATS_UNREAD = 4;

    private final ClientAnswer client;
    private final Rules rules;
    private final InstantSource clock;
    private final Vertx vertx;
    private final Context context;
    private final Deque<ServerEvent> waiting = new ArrayDeque<>();
    private final long timer;
    private Runnable whenFree = () -> {};
    private boolean asking;
    private boolean ending;
    private long lastWrite = System.nanoTime();
    private boolean closed;

    /**
     * What holds for a stream.
     *
     * @param visible what may be seen of an event's data; nothing drops it. Completes always normally
     * @param ids how a client gets to see the id of an event; nothing leaves it out
     * @param heartbeat how long a client is left without a sign of life
     * @param expiry when the stream ends at the latest
     */
    public record Rules(
            Function<String, CompletableFuture<Optional<String>>> visible,
            Function<String, Optional<String>> ids,
            Duration heartbeat,
            Optional<Instant> expiry) {}

    /**
     * @param client where it goes; its head was begun
     * @param rules what holds for it
     * @param clock tells when its token expires
     * @param vertx the host
     */
    public EventStream(ClientAnswer client, Rules rules, InstantSource clock, Vertx vertx) {
        this.client = client;
        this.rules = rules;
        this.clock = clock;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        long look = Math.max(1, rules.heartbeat().toMillis() / 2);
        this.timer = vertx.setPeriodic(look, fired -> look());
        client.onDrain(this::tellFree);
    }

    /**
     * @param event of the server
     */
    public void event(ServerEvent event) {
        waiting.add(event);
        pump();
    }

    /**
     * @param text of a comment, which keeps its place among the events
     */
    public void comment(String text) {
        if (waiting.isEmpty() && !asking) {
            write(":" + text + "\n");
        }
    }

    /**
     * @return whether no more should come for now
     */
    public boolean isBusy() {
        return asking || !waiting.isEmpty() || client.isFull();
    }

    /**
     * @param task runs when more may come
     */
    public void onFree(Runnable task) {
        whenFree = task;
    }

    /** The server writes no more: what still waits goes out first. */
    public void end() {
        ending = true;
        pump();
    }

    /** Gives up what it holds; the answer itself is ended by whoever calls this. */
    public void close() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(timer);
            waiting.clear();
        }
    }

    private void pump() {
        while (!closed && !asking && !waiting.isEmpty()) {
            ServerEvent event = waiting.poll();
            if (event.data().isEmpty()) {
                pass(event, Optional.empty());
                continue;
            }
            CompletableFuture<Optional<String>> visible =
                    rules.visible().apply(event.data().get());
            if (visible.isDone() && !visible.isCompletedExceptionally()) {
                pass(event, visible.join());
            } else {
                asking = true;
                visible.exceptionally(unread -> Optional.empty())
                        .thenAccept(data -> context.runOnContext(now -> answered(event, data)));
            }
        }
        if (ending && !closed && !asking) {
            close();
            client.end();
        }
    }

    private void answered(ServerEvent event, Optional<String> data) {
        asking = false;
        if (!closed) {
            pass(event, data);
            pump();
            tellFree();
        }
    }

    private void pass(ServerEvent event, Optional<String> data) {
        if (event.isEmpty()) {
            // The empty line behind a comment.
            write("\n");
            return;
        }
        Optional<String> id = event.id()
                .flatMap(
                        given -> given.isEmpty() ? Optional.of("") : rules.ids().apply(given));
        write(event.with(id, data).written());
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            lastWrite = System.nanoTime();
            client.write(Buffer.buffer(text));
        }
    }

    private void tellFree() {
        if (!closed && !isBusy()) {
            whenFree.run();
        }
    }

    private void look() {
        if (client.isOver()) {
            close();
            return;
        }
        long silent = System.nanoTime() - lastWrite;
        long beat = rules.heartbeat().toNanos();
        boolean unread = client.isFull() && silent >= BEATS_UNREAD * beat;
        if (unread || rules.expiry().filter(clock.instant()::isAfter).isPresent()) {
            close();
            client.breakOff();
        } else if (silent >= beat && !client.isFull()) {
            lastWrite = System.nanoTime();
            client.write(BEAT);
        }
    }
}
