package io.mcpaccess.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gravitee.am.service.exception.AbstractManagementException;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.RegistryException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls on threads of its own, few and with a short queue, so that slow MCP servers never hold the threads of AM's
 * management API. Every call is answered once: with its result, its refusal, or 504.
 */
final class Calls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private static final int THREADS = 4;
    private static final int QUEUE = 16;
    private static final long ANSWER_SECONDS = 60;

    private final ExecutorService threads;

    Calls() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> {
                    Thread thread = new Thread(work, "mcp-registry-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    void run(AsyncResponse response, Supplier<Response> work) {
        response.setTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
        response.setTimeoutHandler(
                late -> late.resume(error(504, "The call took too long. Look what was done, repeat.")));
        try {
            threads.execute(() -> response.resume(answer(work)));
        } catch (RejectedExecutionException e) {
            response.resume(error(503, "Too many calls at once, or the engine is being stopped. Try again."));
        }
    }

    private static Response answer(Supplier<Response> work) {
        try {
            return work.get();
        } catch (InvalidDeclarationException | MalformedRequestException e) {
            return error(400, e.getMessage());
        } catch (RegistryException e) {
            if (e.status() >= 500) {
                LOG.warn("A call about MCP servers failed: {}", e.getMessage(), e.getCause());
            }
            return error(e.status(), e.getMessage());
        } catch (AbstractManagementException e) {
            return error(e.getHttpStatusCode(), e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("A call about MCP servers failed", e);
            return error(500, "The call failed; the log of the management API says why.");
        }
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
    }
}
