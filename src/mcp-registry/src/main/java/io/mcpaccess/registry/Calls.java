package io.mcpaccess.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The calls of one engine on the management API, on threads of its own that end with the engine. Every call is answered once:
 * with its result, its refusal, or with the word that it took too long.
 */
public final class Calls implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int QUEUE = 16;
    private static final long ANSWER_SECONDS = 60;

    /** More than any call of a store may take. */
    private static final long STORE_SECONDS = 15;

    private static final String STOPPED = "Too many calls at once, or the engine is being stopped. Try again.";

    private final ExecutorService threads = pool("mcp-registry-", new ArrayBlockingQueue<>(QUEUE));
    private final ExecutorService answers = pool("openfga-console-", new LinkedBlockingQueue<>());

    private static ExecutorService pool(String name, BlockingQueue<Runnable> queue) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, queue, work -> {
            Thread thread = new Thread(work, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Does work that may wait, on few threads with a short queue, so that slow MCP servers never hold the threads of AM's
     * management API.
     *
     * @param response answered once: with the result, the refusal, or 504
     * @param work gives the answer
     */
    void run(AsyncResponse response, Supplier<Response> work) {
        response.setTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
        response.setTimeoutHandler(
                late -> late.resume(error(504, "The call took too long. Look what was done, repeat.")));
        try {
            threads.execute(() -> response.resume(answer(work)));
        } catch (RejectedExecutionException e) {
            response.resume(error(503, STOPPED));
        }
    }

    private static Response answer(Supplier<Response> work) {
        try {
            return work.get();
        } catch (RuntimeException | LinkageError e) {
            return failed(e);
        }
    }

    /**
     * Answers with what a store gives, later and on a thread that may block: the server writes the response on it. Work that
     * waits for a slow MCP server does not hold up these answers.
     *
     * @param response answered once: with the result, the refusal, or 503 when the store takes its time
     * @param call asks the store, without blocking
     */
    public void relay(AsyncResponse response, Supplier<CompletionStage<Response>> call) {
        response.setTimeout(STORE_SECONDS, TimeUnit.SECONDS);
        response.setTimeoutHandler(late -> late.resume(error(503, "The store did not answer in time")));
        CompletionStage<Response> answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            response.resume(failed(e));
            return;
        }
        answer.exceptionally(Calls::failed).whenComplete((ready, never) -> relay(response, ready));
    }

    private void relay(AsyncResponse response, Response ready) {
        try {
            answers.execute(() -> response.resume(ready));
        } catch (RejectedExecutionException e) {
            response.resume(error(503, STOPPED));
        }
    }

    private static Response failed(Throwable thrown) {
        CallFailure failure = CallFailure.of(thrown);
        return error(failure.status(), failure.message());
    }

    /** AM's own form of an error. */
    static Response error(int status, String message) {
        return json(
                status,
                JsonNodeFactory.instance.objectNode().put("message", message).put("http_status", status));
    }

    static Response json(int status, JsonNode body) {
        return Response.status(status)
                .type("application/json;charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .entity(SafeJson.write(body))
                .build();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        answers.shutdown();
    }
}
