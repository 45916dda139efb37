package io.mcpaccess.policy.am;

import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.PolicyResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one run of the step: AM waits for exactly one call of its chain, hangs without one, and does the rest twice
 * with two. The call is made on the Vert.x context that the step was started on, where there was one.
 *
 * <p>Safe for any thread; the first end counts, later ones are dropped.
 */
public final class StepEnd {

    private static final Logger LOGGER = LoggerFactory.getLogger(StepEnd.class);
    private static final int BAD_REQUEST = 400;

    private final PolicyChain chain;
    private final Request request;
    private final Response response;
    private final Context origin = Vertx.currentContext();
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * The end of a run; make it on the thread that AM calls.
     *
     * @param chain AM's chain
     * @param request AM's request, handed on as it is
     * @param response AM's response, handed on as it is
     */
    public StepEnd(PolicyChain chain, Request request, Response response) {
        this.chain = chain;
        this.request = request;
        this.response = response;
    }

    /** Goes on with the flow. */
    public void next() {
        end(() -> chain.doNext(request, response));
    }

    /**
     * Goes on with the flow, after a last change.
     *
     * @param change what must be done before, and not at all where the run has ended already; when it throws, the run
     *     is refused
     */
    public void next(Runnable change) {
        end(() -> {
            try {
                change.run();
            } catch (RuntimeException e) {
                chain.failWith(result(Refusal.DOUBT));
                return;
            }
            chain.doNext(request, response);
        });
    }

    /**
     * Refuses.
     *
     * @param refusal what the client is told
     */
    public void refuse(Refusal refusal) {
        end(() -> chain.failWith(result(refusal)));
    }

    /**
     * Does what leads to the end of the run. AM would wait for ever for a run that nobody ends.
     *
     * @param what what is done; when it throws, the run is refused
     */
    public void orRefuse(Runnable what) {
        try {
            what.run();
        } catch (DoubtException e) {
            LOGGER.warn("MCP tool access refuses: {}", e.getMessage());
            refuse(Refusal.DOUBT);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("MCP tool access refuses: the step failed", e);
            refuse(Refusal.DOUBT);
        }
    }

    private void end(Runnable call) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (origin == null || origin == Vertx.currentContext()) {
            call.run();
        } else {
            origin.runOnContext(ignored -> call.run());
        }
    }

    /** The token endpoint answers {@code invalid_grant} with this status (RFC 6749, section 5.2). */
    private static PolicyResult result(Refusal refusal) {
        return PolicyResult.failure(refusal.key(), BAD_REQUEST, refusal.message());
    }
}
