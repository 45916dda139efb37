package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.List;
import java.util.function.Function;

/**
 * The permission layer of one tool call, for a step that decides before there is a token: the questions that the engine would be
 * asked at the call about the subject, the application and the actors, and what its answers would come to.
 *
 * <p>Immutable.
 */
public final class CallPermission {

    private final PermissionPlan plan;

    private CallPermission(PermissionPlan plan) {
        this.plan = plan;
    }

    /**
     * A call.
     *
     * @param request who would call which tool, the tool named as permissions have it
     * @param parties who else calls it: the application that the token is made for, and its actors
     * @param server the MCP server's name in permissions
     * @param settings how the domain's engine is set
     * @return what must hold
     */
    public static CallPermission of(
            EvaluationRequest request, CallParties parties, String server, AccessSettings settings) {
        return new CallPermission(
                PermissionPlan.ofSubject(request, List.of()).withParties(request, parties, server, settings));
    }

    /**
     * What the engine must be asked.
     *
     * @return the questions; calls of several tools may share some
     */
    public List<EvaluationRequest> questions() {
        return plan.requirements().stream()
                .flatMap(requirement -> requirement.alternatives().stream())
                .toList();
    }

    /**
     * What the engine's answers come to.
     *
     * @param answers the answer to each of the {@link #questions()}
     * @return held only if everybody holds what he must; the reason is the one that the call would be refused with
     */
    public PermissionAnswer answer(Function<EvaluationRequest, PermissionAnswer> answers) {
        Outcome outcome = plan.outcome(answers);
        if (outcome instanceof Outcome.Permitted) {
            return new PermissionAnswer.Held();
        }
        return outcome instanceof Outcome.Refused refused
                ? new PermissionAnswer.NotHeld(refused.reason())
                : new PermissionAnswer.NoAnswer(outcome.reason());
    }
}
