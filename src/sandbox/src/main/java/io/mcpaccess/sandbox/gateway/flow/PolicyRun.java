package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.PolicyResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run through the steps of an extension point. A step that neither goes on nor fails leaves the request open, as in AM. */
final class PolicyRun {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRun.class);
    private static final String INTERNAL_ERROR = "GATEWAY_POLICY_INTERNAL_ERROR";

    private final List<PolicyStep> steps;
    private final FlowContext flow;
    private final Context context;
    private final Promise<FlowContext> outcome = Promise.promise();

    PolicyRun(List<PolicyStep> steps, FlowContext flow, Context context) {
        this.steps = steps;
        this.flow = flow;
        this.context = context;
    }

    /** Runs the steps; the future succeeds with the flow's context or fails with {@link PolicyFailure}, on the given context. */
    Future<FlowContext> start() {
        next(0);
        return outcome.future();
    }

    private void next(int index) {
        if (index == steps.size()) {
            outcome.complete(flow);
            return;
        }
        PolicyStep step = steps.get(index);
        if (skipped(step)) {
            next(index + 1);
            return;
        }
        Link link = new Link(index);
        try {
            step.invoke(link, flow);
        } catch (Throwable e) {
            LOG.error("The policy {} threw", step.policy(), e);
            link.failWith(PolicyResult.failure(INTERNAL_ERROR, 500, "Internal error"));
        }
    }

    private boolean skipped(PolicyStep step) {
        try {
            return !step.applies(flow);
        } catch (RuntimeException e) {
            LOG.error("The condition of the policy {} cannot be evaluated: it is skipped", step.policy(), e);
            return true;
        }
    }

    /** What one step gets; the first answer counts. */
    private final class Link implements PolicyChain {
        private final int index;
        private final AtomicBoolean answered = new AtomicBoolean();

        Link(int index) {
            this.index = index;
        }

        @Override
        public void doNext(Request request, Response response) {
            answer(() -> next(index + 1));
        }

        @Override
        public void failWith(PolicyResult result) {
            answer(() -> outcome.fail(new PolicyFailure(result.key(), result.statusCode(), result.message())));
        }

        @Override
        public void streamFailWith(PolicyResult result) {
            failWith(result);
        }

        private void answer(Runnable then) {
            if (answered.compareAndSet(false, true)) {
                context.runOnContext(ignored -> then.run());
            } else {
                LOG.error("The policy {} answered twice", steps.get(index).policy());
            }
        }
    }
}
