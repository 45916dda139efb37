package io.mcpaccess.engine.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections, threads and timers of one backend, freed together.
 *
 * <p>A request's timeout covers the whole exchange here. Java's own ends with the response's head, so that a body that
 * drips would hold its connection as long as the server likes.
 */
final class HttpRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRuntime.class);

    /** Nothing blocks on these threads: they read answers and run what depends on them. */
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final Duration grace;
    private final ThreadPoolExecutor executor;
    private final ScheduledThreadPoolExecutor timers;

    private HttpClient client;
    private int inFlight;
    private boolean closing;

    /**
     * Starts no connection yet.
     *
     * @param tls what to trust and present
     * @param connectTimeout until a connection stands
     * @param grace how long requests in flight may still take when the backend is closed
     * @throws IllegalArgumentException when the TLS settings cannot be used
     */
    HttpRuntime(TlsMaterial tls, Duration connectTimeout, Duration grace) {
        this.grace = grace;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        SSLContext context = PemTls.contextOf(tls).orElse(null);
        if (context != null) {
            builder.sslContext(context);
        }
        ThreadFactory threads = runnable -> {
            Thread thread = new Thread(runnable, "openfga-engine");
            thread.setDaemon(true);
            return thread;
        };
        this.executor =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        executor.allowCoreThreadTimeOut(true);
        this.timers = new ScheduledThreadPoolExecutor(1, threads) {
            @Override
            protected void terminated() {
                executor.shutdown();
            }
        };
        timers.setRemoveOnCancelPolicy(true);
        this.client = builder.executor(executor).build();
    }

    /**
     * The threads that answers come on.
     *
     * @return runs nothing any more once the runtime is freed
     */
    Executor executor() {
        return executor;
    }

    /**
     * Sends a request. Its timeout, which it must have, covers everything up to the last byte of the answer; when it is
     * over, the connection is dropped.
     *
     * @param request what to send
     * @param handler how to read the answer
     * @return the answer; fails with an {@link IOException}
     */
    <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        HttpClient open = enter();
        if (open == null) {
            return CompletableFuture.failedFuture(new IOException("The engine was stopped"));
        }
        CompletableFuture<HttpResponse<T>> exchange;
        try {
            exchange = open.sendAsync(request, handler);
        } catch (RuntimeException e) {
            leave();
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<HttpResponse<T>> answer = exchange.copy();
        exchange.whenComplete((response, failure) -> leave());
        Duration timeout = request.timeout().orElseThrow();
        ScheduledFuture<?> timer = after(timeout, () -> {
            if (answer.completeExceptionally(
                    new HttpTimeoutException("no whole answer in " + timeout.toMillis() + " ms"))) {
                exchange.cancel(true);
            }
        });
        answer.whenComplete((response, failure) -> timer.cancel(false));
        return answer;
    }

    /**
     * Bounds the time until a future is complete.
     *
     * @param limit how long it may take
     * @param start starts the work
     * @return the work's result; fails with a {@link TimeoutException} when it is too late
     */
    <T> CompletableFuture<T> within(Duration limit, Supplier<CompletableFuture<T>> start) {
        CompletableFuture<T> work = start.get();
        CompletableFuture<T> bounded = work.copy();
        if (!bounded.isDone()) {
            ScheduledFuture<?> timer = after(limit, () -> bounded.completeExceptionally(new TimeoutException()));
            bounded.whenComplete((result, failure) -> timer.cancel(false));
        }
        return bounded;
    }

    /**
     * Runs something later, on a thread of {@link #executor()}.
     *
     * @param delay how much later
     * @param task what to run
     * @return cancels it
     */
    ScheduledFuture<?> after(Duration delay, Runnable task) {
        return timers.schedule(() -> executor.execute(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    }

    private synchronized HttpClient enter() {
        if (closing) {
            return null;
        }
        inFlight++;
        return client;
    }

    private synchronized void leave() {
        inFlight--;
        if (closing && inFlight == 0) {
            free();
        }
    }

    /** Takes no more requests, and frees everything when the last one in flight has ended or used up its time. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (inFlight == 0) {
            free();
        } else {
            timers.schedule(this::free, grace.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void free() {
        if (client == null) {
            return;
        }
        HttpClient last = client;
        client = null;
        stop(last);
        // What still waits for its time, a retry or a deadline, runs and finds the door closed: nobody is left waiting.
        timers.shutdown();
    }

    /** HttpClient can be stopped since Java 21. On Java 17 it stops by itself once nothing refers to it. */
    private static void stop(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException e) {
            LOG.debug("This Java cannot stop an HttpClient: its connections go with the garbage collector");
        } catch (IllegalAccessException | InvocationTargetException e) {
            LOG.warn("The HTTP client of an OpenFGA engine could not be stopped", e);
        }
    }
}
