package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The way of a question that is asked alone, as most are: the same steps in the same order as those of many, with no list or map
 * around it and no stage of its own between the ports.
 */
final class OneQuestion {

    private final EvaluationRequest request;
    private final ToolStep step;
    private final TokenIntrospector introspector;
    private final Pep pep;
    private final PermissionRound permissions;
    private final Executor executor;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /**
     * Has asked nobody yet.
     *
     * @param request the question
     * @param step the steps before the engine, under the settings and servers of this moment
     * @param introspector AM's introspection
     * @param pep who asks
     * @param permissions the engine
     * @param executor where work goes on after a port has answered
     */
    OneQuestion(
            EvaluationRequest request,
            ToolStep step,
            TokenIntrospector introspector,
            Pep pep,
            PermissionRound permissions,
            Executor executor) {
        this.request = request;
        this.step = step;
        this.introspector = introspector;
        this.pep = pep;
        this.permissions = permissions;
        this.executor = executor;
    }

    /**
     * Decides.
     *
     * @return the outcome; fails where a rule itself does
     */
    CompletionStage<Outcome> decide() {
        guarded(() -> {
            Step before = step.beforeToken(request);
            if (before instanceof Step.NeedsToken needs) {
                TokenLookup.from(Ports.called(() -> introspector.introspect(needs.token(), pep)))
                        .thenAcceptAsync(
                                looked -> guarded(() -> go(step.afterToken(needs.request(), looked))), executor)
                        .exceptionally(this::notTaken);
            } else {
                go(before);
            }
        });
        return outcome;
    }

    private void go(Step reached) {
        if (reached instanceof Step.Decided decided) {
            outcome.complete(decided.outcome());
            return;
        }
        PermissionPlan plan = ((Step.NeedsPermission) reached).plan();
        if (plan.requirements().size() == 1
                && plan.requirements().get(0).alternatives().size() == 1) {
            permissions
                    .answer(plan.requirements().get(0).alternatives().get(0))
                    .whenComplete((answer, failure) -> end(plan, question -> answer, failure));
        } else {
            permissions
                    .answers(List.of(reached))
                    .whenComplete((answers, failure) -> end(plan, question -> answers.get(question), failure));
        }
    }

    private void end(PermissionPlan plan, Function<EvaluationRequest, PermissionAnswer> answers, Throwable failure) {
        guarded(() -> {
            if (failure == null) {
                outcome.complete(plan.outcome(answers));
            } else {
                outcome.completeExceptionally(failure);
            }
        });
    }

    /** An executor that is being shut down takes nothing more. */
    private Void notTaken(Throwable refusal) {
        outcome.completeExceptionally(refusal);
        return null;
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }
}
