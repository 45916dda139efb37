package io.mcpaccess.guard.proxy.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One session of one caller: its process, and who waits for what it says. A message that is no answer goes to the call whose
 * progress it tells, else to the open stream, else to the last call that waits; where nobody waits, the last ones are kept for
 * the next stream. Threads may share it.
 */
final class Session {
    private static final int MOST_KEPT = 64;
    private static final long MOST_SECONDS_UNREAD = 60;

    private final String id;
    private final String owner;
    private final long begunNanos = System.nanoTime();
    private final Map<String, WaitingClient> calls = new LinkedHashMap<>();
    private final Deque<String> kept = new ArrayDeque<>();
    private Optional<WaitingClient> stream = Optional.empty();
    private final CompletableFuture<ServerProcess> process = new CompletableFuture<>();
    private long usedNanos = System.nanoTime();

    Session(String id, String owner) {
        this.id = id;
        this.owner = owner;
    }

    String id() {
        return id;
    }

    String owner() {
        return owner;
    }

    /** Completes when its process runs, or fails when it cannot be started. */
    CompletableFuture<ServerProcess> process() {
        return process;
    }

    synchronized void used() {
        usedNanos = System.nanoTime();
    }

    synchronized boolean isWaitedFor() {
        return !calls.isEmpty() || stream.isPresent();
    }

    /** Since when nobody has asked and nobody waits; streams count as waiting. */
    synchronized long idleNanos() {
        return isWaitedFor() ? 0 : System.nanoTime() - usedNanos;
    }

    long ageNanos() {
        return System.nanoTime() - begunNanos;
    }

    /**
     * @return false when another call with this id waits already: their answers could not be told apart
     */
    synchronized boolean waits(WaitingClient call) {
        usedNanos = System.nanoTime();
        return calls.putIfAbsent(call.id().orElseThrow().toString(), call) == null;
    }

    synchronized void forget(WaitingClient call) {
        usedNanos = System.nanoTime();
        call.id().ifPresent(key -> calls.remove(key.toString(), call));
        stream = stream.filter(open -> open != call);
    }

    /**
     * @return the stream before, which ends; empty for none
     */
    synchronized Optional<WaitingClient> opens(WaitingClient next) {
        Optional<WaitingClient> before = stream;
        stream = Optional.of(next);
        while (!kept.isEmpty()) {
            next.pass(kept.poll(), false);
        }
        return before;
    }

    /** Gives a message of the process to who waits for it, and waits until it is taken. */
    void message(JsonNode message) {
        String text = message.toString();
        CompletableFuture<Void> taken =
                message.has("method") ? toClient(message, text) : answer(message.path("id"), text);
        try {
            taken.get(MOST_SECONDS_UNREAD, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException unread) {
            // The stream's own heartbeat gives such a client up; what comes next waits no longer for it.
            return;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized CompletableFuture<Void> answer(JsonNode key, String text) {
        WaitingClient call = calls.remove(key.toString());
        usedNanos = System.nanoTime();
        return call == null ? CompletableFuture.completedFuture(null) : call.pass(text, true);
    }

    private synchronized CompletableFuture<Void> toClient(JsonNode message, String text) {
        JsonNode token = message.path("method").asText().equals("notifications/progress")
                ? message.path("params").path("progressToken")
                : JsonNodeFactory.instance.missingNode();
        Optional<WaitingClient> target = calls.values().stream()
                .filter(call -> !token.isMissingNode()
                        && call.progressToken().toString().equals(token.toString()))
                .findFirst()
                .or(() -> stream)
                .or(() -> calls.values().stream().reduce((first, second) -> second));
        if (target.isPresent()) {
            return target.get().pass(text, false);
        }
        if (kept.size() == MOST_KEPT) {
            kept.poll();
        }
        kept.add(text);
        return CompletableFuture.completedFuture(null);
    }

    /** The process is gone. */
    synchronized void over() {
        calls.values().forEach(call -> call.fail(502, "The MCP server has ended."));
        calls.clear();
        stream.ifPresent(WaitingClient::end);
        stream = Optional.empty();
    }

    @Override
    public String toString() {
        return "Session[calls=" + calls.size() + "]";
    }
}
