package io.mcpaccess.sandbox.shared;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Events from one node to the other, as AM's nodes hear of changes through the events table. Messages are strings; they reach
 * each listener in the order of publication, on the bus's own thread, never on the publisher's.
 */
public final class EventBus implements AutoCloseable {
    private final ConcurrentMap<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final Duration delay;
    private final ScheduledExecutorService delivery = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-events");
        thread.setDaemon(true);
        return thread;
    });

    /** A bus that delivers at once. */
    public EventBus() {
        this(Duration.ZERO);
    }

    /**
     * A bus that is as slow as AM's sync service may be.
     *
     * @param delay from the publication of a message to its delivery
     */
    public EventBus(Duration delay) {
        this.delay = Objects.requireNonNull(delay, "delay");
    }

    /**
     * Publishes a message; returns at once.
     *
     * @param topic the subject it belongs to
     * @param message the text; never a secret
     */
    public void publish(String topic, String message) {
        if (delivery.isShutdown()) {
            return;
        }
        delivery.schedule(
                () -> listeners.getOrDefault(topic, List.of()).forEach(listener -> deliver(listener, message)),
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Subscribes a listener until the returned handle is closed.
     *
     * @param topic the subject to hear
     * @param listener called on the bus's thread; must be quick, and its exceptions go to the thread's handler only
     * @return ends the subscription
     */
    public Subscription subscribe(String topic, Consumer<String> listener) {
        List<Consumer<String>> ofTopic = listeners.computeIfAbsent(topic, ignored -> new CopyOnWriteArrayList<>());
        ofTopic.add(listener);
        return () -> ofTopic.remove(listener);
    }

    /** Stops delivery; later messages are dropped. */
    @Override
    public void close() {
        delivery.shutdownNow();
    }

    private static void deliver(Consumer<String> listener, String message) {
        try {
            listener.accept(message);
        } catch (RuntimeException e) {
            // One listener's fault must not silence the others; the bus has no logger of its own to share.
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
            handler.uncaughtException(thread, e);
        }
    }

    /** A subscription that can be ended. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
