package io.mcpaccess.openfga.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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

    /** They resolve host names, which blocks, read answers and run what depends on them. */
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    /** More at a time than a healthy server needs; beyond it requests would only add to its trouble, and to the heap. */
    static final int MOST_IN_FLIGHT = 256;

    private static final int TIMEOUT_THREADS = 2;

    private final Duration grace;
    private final ThreadPoolExecutor executor;
    /** Time-outs have threads of their own: they must come also while all others wait for a name server. */
    private final ThreadPoolExecutor timeouts;

    private final ScheduledThreadPoolExecutor timers;
    private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

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
        this.executor = pool(THREADS, threads);
        this.timeouts = pool(TIMEOUT_THREADS, threads);
        this.timers = new ScheduledThreadPoolExecutor(1, threads);
        timers.setRemoveOnCancelPolicy(true);
        this.client = builder.executor(executor).build();
    }

    private static ThreadPoolExecutor pool(int size, ThreadFactory threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
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
            return CompletableFuture.failedFuture(stopped());
        }
        CompletableFuture<HttpResponse<T>> exchange;
        try {
            exchange = open.sendAsync(request, handler);
        } catch (RuntimeException | Error e) {
            leave();
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<HttpResponse<T>> answer = exchange.copy();
        exchange.whenComplete((response, failure) -> leave());
        Duration timeout = request.timeout().orElseThrow();
        bound(answer, timeout, () -> {
            if (answer.completeExceptionally(
                    new HttpTimeoutException("no whole answer in " + timeout.toMillis() + " ms"))) {
                exchange.cancel(true);
            }
        });
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
        bound(bounded, limit, () -> bounded.completeExceptionally(new TimeoutException()));
        return bounded;
    }

    /** From now on the future ends in any case: by itself, too late, or because everything is freed. */
    private void bound(CompletableFuture<?> future, Duration limit, Runnable tooLate) {
        if (future.isDone()) {
            return;
        }
        pending.add(future);
        future.whenComplete((result, failure) -> ended(future));
        try {
            ScheduledFuture<?> timer = timers.schedule(
                    () -> timeouts.execute(tooLate), Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
            future.whenComplete((result, failure) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(stopped());
        }
    }

    private synchronized void ended(CompletableFuture<?> future) {
        pending.remove(future);
        freeWhenIdle();
    }

    private static IOException stopped() {
        return new IOException("The engine was stopped");
    }

    /**
     * Whether so many requests are in flight that no other should be sent. Requests of one moment may overshoot a little.
     *
     * @return whether there are {@link #MOST_IN_FLIGHT}
     */
    synchronized boolean isFull() {
        return inFlight >= MOST_IN_FLIGHT;
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
        freeWhenIdle();
    }

    private synchronized void freeWhenIdle() {
        if (closing && inFlight == 0 && pending.isEmpty()) {
            free();
        }
    }

    /**
     * Takes no more requests, and frees everything when all that is under way, also what waits for its second attempt, has
     * ended or used up the grace. What then still waits fails.
     */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        freeWhenIdle();
        if (client != null) {
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
        timers.shutdownNow();
        executor.shutdown();
        timeouts.execute(() -> pending.forEach(each -> each.completeExceptionally(stopped())));
        timeouts.shutdown();
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
