package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.decision.Outcome.Permitted;
import io.mcpaccess.core.decision.Outcome.Refused;
import io.mcpaccess.core.decision.Outcome.Shadowed;
import io.mcpaccess.core.decision.Outcome.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the engine is asked about one question, and how its answers become the outcome: first the client, then each
 * actor, then the subject itself. All must hold, except in shadow mode.
 *
 * @param requirements in order; of each, one question must be answered with "held"
 * @param passed the layers that passed before
 * @param isShadowed whether a "not held" of the engine is recorded instead of enforced
 */
record PermissionPlan(List<Requirement> requirements, List<Layer> passed, boolean isShadowed) {

    /** How long a chain of actors may be. */
    static final int MAX_ACTORS = 4;

    /**
     * One thing that must hold.
     *
     * @param alternatives questions of which one must be answered with "held"
     * @param otherwise the reason where none is, or nothing where the engine's own reason is told
     */
    record Requirement(List<EvaluationRequest> alternatives, Optional<ReasonCode> otherwise) {}

    /**
     * The plan for a question about the subject alone.
     *
     * @param request the question, its resource named as permissions have it
     * @param passed the layers that passed before
     * @return the plan
     */
    static PermissionPlan ofSubject(EvaluationRequest request, List<Layer> passed) {
        return new PermissionPlan(List.of(new Requirement(List.of(plain(request)), Optional.empty())), passed, false);
    }

    /**
     * The plan under the settings of the MCP server that it is about.
     *
     * @param server the server's client id
     * @param settings the domain's settings
     * @return the plan, shadowed where the settings want it
     */
    PermissionPlan shadowedFor(String server, AccessSettings settings) {
        return settings.isShadowed(server) ? new PermissionPlan(requirements, passed, true) : this;
    }

    /**
     * Adds what a token's client and actors must hold, where the domain wants it.
     *
     * @param request the question, its resource named as permissions have it
     * @param parties the client and the actors
     * @param server the MCP server's name in permissions
     * @param settings the domain's settings
     * @return a plan with more requirements, or this one
     */
    PermissionPlan withParties(EvaluationRequest request, CallParties parties, String server, AccessSettings settings) {
        if (!settings.checkClient() && !settings.checkActor()) {
            return this;
        }
        List<Requirement> all = new ArrayList<>();
        if (settings.checkClient()) {
            Action use = Action.of(settings.clientRelation());
            List<EvaluationRequest> alternatives = parties.clientId()
                    .map(id -> Subject.of(TokenHolder.Application.TYPE, id))
                    .map(client -> List.of(
                            EvaluationRequest.of(client, use, request.resource()),
                            EvaluationRequest.of(client, use, Resource.of("mcp_server", server))))
                    .orElse(List.of());
            all.add(new Requirement(alternatives, Optional.of(ReasonCode.CLIENT_NOT_ALLOWED)));
        }
        if (settings.checkActor() && parties.actors().size() > MAX_ACTORS) {
            all.add(new Requirement(List.of(), Optional.of(ReasonCode.ACTOR_DENIED)));
        } else if (settings.checkActor()) {
            actors(parties, settings.agentSubject()).stream()
                    .map(actor -> plain(request).withSubject(Subject.of(TokenHolder.Agent.TYPE, actor)))
                    .map(asked -> new Requirement(List.of(asked), Optional.of(ReasonCode.ACTOR_DENIED)))
                    .forEach(all::add);
        }
        all.addAll(requirements);
        return new PermissionPlan(List.copyOf(all), passed, isShadowed);
    }

    /**
     * The actors as permissions name them. AM names an agent application in its tokens by the instance; a token that is the
     * agent's own has it as the subject already.
     */
    private static List<String> actors(CallParties parties, AgentSubject names) {
        List<String> actors = new ArrayList<>(parties.actors());
        if (actors.isEmpty()) {
            return actors;
        }
        String current = actors.get(0);
        if (parties.holder() instanceof TokenHolder.Agent) {
            boolean isItself = current.equals(parties.subject())
                    || parties.clientId().filter(current::equals).isPresent();
            return isItself ? actors.subList(1, actors.size()) : actors;
        }
        if (names == AgentSubject.BLUEPRINT
                && parties.agentInstance().filter(current::equals).isPresent()) {
            parties.clientId().ifPresent(client -> actors.set(0, client));
        }
        return actors;
    }

    /**
     * Reads the outcome from the engine's answers.
     *
     * @param answers the answer to each question of this plan
     * @return permitted only if every requirement holds; in shadow mode a requirement may also be one that the engine has
     *     clearly said "not held" to. What the engine did not answer, or was never asked, is refused in both modes
     */
    Outcome outcome(Function<EvaluationRequest, PermissionAnswer> answers) {
        List<Layer> asked = new ArrayList<>(passed);
        asked.add(Layer.PERMISSION);
        boolean remembered = false;
        Optional<ReasonCode> wouldRefuse = Optional.empty();
        for (Requirement requirement : requirements) {
            ReasonCode reason = ReasonCode.PERMISSION_DENIED;
            boolean held = false;
            boolean clear = !requirement.alternatives().isEmpty();
            for (EvaluationRequest question : requirement.alternatives()) {
                PermissionAnswer answer = answers.apply(question);
                if (answer instanceof PermissionAnswer.NoAnswer none) {
                    return new Unavailable(none.reason(), "The authorization engine gave no answer.");
                }
                if (answer instanceof PermissionAnswer.NotHeld not) {
                    reason = not.reason();
                    clear &= reason != ReasonCode.INVALID_IDENTIFIER;
                }
                held |= answer instanceof PermissionAnswer.Held;
                remembered |= answer.isRemembered();
            }
            if (!held) {
                ReasonCode told = requirement.otherwise().orElse(reason);
                if (!isShadowed || !clear) {
                    return new Refused(told, asked, Map.of(), remembered);
                }
                wouldRefuse = wouldRefuse.or(() -> Optional.of(told));
            }
        }
        return wouldRefuse.isPresent()
                ? new Shadowed(wouldRefuse.get(), passed, remembered)
                : new Permitted(asked, remembered);
    }

    /** The question without what was for the token layers. */
    static EvaluationRequest plain(EvaluationRequest request) {
        return request.withoutContext(CheckMapping.CREDENTIAL_MEMBERS);
    }
}
