package io.mcpaccess.openfga.server.http;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests over Java's own HTTP client, for a host without Vert.x. It has threads of its own, and costs a request about three times
 * what {@link VertxTransport} does.
 *
 * <p>A request's timeout covers the whole exchange here. Java's own ends with the answer's head, so that a body that drips would hold
 * its connection as long as the server likes.
 */
public final class JavaTransport implements HttpTransport {

    private static final Logger LOG = LoggerFactory.getLogger(JavaTransport.class);

    /** They resolve host names, which blocks, read answers and run what depends on them. */
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final Duration grace;
    private final ThreadPoolExecutor executor;

    /** Time has a thread of its own: it must come also while all others wait for a name server. */
    private final ScheduledThreadPoolExecutor timers;

    private final Set<BiConsumer<WholeAnswer, Throwable>> inFlight = ConcurrentHashMap.newKeySet();
    private final OpenCalls calls = new OpenCalls(this::free);
    private volatile HttpClient client;

    /**
     * Starts no connection yet.
     *
     * @param tls what to trust and present
     * @param connectTimeout until a connection stands
     * @param grace how long requests in flight may still take when the transport is closed
     * @throws IllegalArgumentException when the TLS settings cannot be used
     */
    public JavaTransport(TlsMaterial tls, Duration connectTimeout, Duration grace) {
        this.grace = grace;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        PemTls.contextOf(tls).ifPresent(builder::sslContext);
        ThreadFactory threads = runnable -> {
            Thread thread = new Thread(runnable, "openfga-engine");
            thread.setDaemon(true);
            return thread;
        };
        this.executor =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        executor.allowCoreThreadTimeOut(true);
        this.timers = new ScheduledThreadPoolExecutor(1, threads);
        timers.setRemoveOnCancelPolicy(true);
        this.client = builder.executor(executor).build();
    }

    @Override
    public void send(HttpCall call, AnswerBody body, BiConsumer<WholeAnswer, Throwable> end) {
        HttpClient open = calls.enter() ? client : null;
        if (open == null) {
            end.accept(null, OpenCalls.stopped());
            return;
        }
        AtomicBoolean isOver = new AtomicBoolean();
        BiConsumer<WholeAnswer, Throwable> once = new Once(isOver, end);
        inFlight.add(once);
        try {
            CompletableFuture<HttpResponse<Void>> exchange = open.sendAsync(request(call), head -> {
                body.begins();
                return HttpResponse.BodySubscribers.ofByteArrayConsumer(new Bounded(call.mostBytes(), body, isOver));
            });
            Timer timer = after(call.timeout(), () -> {
                once.accept(
                        null,
                        new TimeoutException(
                                "no whole answer in " + call.timeout().toMillis() + " ms"));
                exchange.cancel(true);
            });
            exchange.whenComplete((answer, failure) -> {
                timer.cancel();
                once.accept(failure == null ? answer(answer, body) : null, failure);
            });
        } catch (RuntimeException e) {
            once.accept(null, e);
        }
    }

    /** Ends an exchange, at whatever comes first. */
    private final class Once implements BiConsumer<WholeAnswer, Throwable> {

        private final AtomicBoolean isOver;
        private final BiConsumer<WholeAnswer, Throwable> end;

        private Once(AtomicBoolean isOver, BiConsumer<WholeAnswer, Throwable> end) {
            this.isOver = isOver;
            this.end = end;
        }

        @Override
        public void accept(WholeAnswer answer, Throwable failure) {
            if (isOver.compareAndSet(false, true)) {
                inFlight.remove(this);
                try {
                    end.accept(answer, failure);
                } finally {
                    calls.leave();
                }
            }
        }
    }

    private static HttpRequest request(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(
                        call.method(),
                        call.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::setHeader);
        if (call.authorization() != null) {
            request.setHeader("Authorization", call.authorization());
        }
        if (call.traceparent() != null) {
            request.setHeader("traceparent", call.traceparent());
        }
        return request.build();
    }

    private static WholeAnswer answer(HttpResponse<Void> answer, AnswerBody body) {
        return new WholeAnswer(
                answer.statusCode(), answer.headers().firstValue("Retry-After").orElse(null), body.bytes());
    }

    /** Passes a body on to its bound. */
    private static final class Bounded implements Consumer<Optional<byte[]>> {

        private final int most;
        private final AnswerBody body;
        private final AtomicBoolean isOver;
        private int received;

        private Bounded(int most, AnswerBody body, AtomicBoolean isOver) {
            this.most = most;
            this.body = body;
            this.isOver = isOver;
        }

        @Override
        public void accept(Optional<byte[]> bytes) {
            if (bytes.isEmpty() || isOver.get()) {
                return;
            }
            received += bytes.get().length;
            if (received > most) {
                throw new UncheckedIOException(new AnswerTooLargeException(most));
            }
            body.next(bytes.get());
        }
    }

    /** On the thread of time itself, which what is handed in must not hold; see {@link HttpTransport}. */
    @Override
    public Timer after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> timer = timers.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException e) {
            // Freed: nothing waits any longer.
            task.run();
            return () -> {};
        }
    }

    @Override
    public void execute(Runnable task) {
        if (!calls.isClosing()) {
            executor.execute(task);
        }
    }

    @Override
    public boolean enter() {
        return calls.enter();
    }

    @Override
    public void leave() {
        calls.leave();
    }

    @Override
    public void close() {
        if (!calls.isClosing() && calls.close()) {
            after(grace, calls::freeNow);
        }
    }

    /** What is still timed comes in its time, and the thread of time ends with it. */
    private void free() {
        HttpClient last = client;
        client = null;
        stop(last);
        inFlight.forEach(each -> each.accept(null, OpenCalls.stopped()));
        timers.shutdown();
        executor.shutdown();
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
