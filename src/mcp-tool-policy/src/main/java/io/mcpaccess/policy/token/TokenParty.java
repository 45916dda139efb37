package io.mcpaccess.policy.token;

import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.CallParties;
import io.mcpaccess.core.decision.TokenHolder;
import io.mcpaccess.policy.am.PolicySettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who would call tools with the token that AM is about to make.
 *
 * @param user the user, or {@code null} where the token is the application's own (RFC 6749, section 4.4)
 * @param client the application that the token is made for
 * @param agent the name that AM gives the application in tokens where it is an agent application (AM 4.12 and later): that of
 *     its instance, or the client id
 * @param actors the subjects of the {@code act} claim, the current actor first (RFC 8693, section 4.1)
 */
record TokenParty(User user, Client client, Optional<String> agent, List<String> actors) {

    /** Copies what it is given. */
    TokenParty {
        actors = List.copyOf(actors);
    }

    /**
     * How permissions name the subject of the token. The kind counts: an application or agent that is called like a user is
     * not that user.
     *
     * @param settings the step's settings
     * @param engine how the domain's engine is set
     * @param sub gives the {@code sub} claim that AM issues for a user
     * @return the subject, by the same rule as at the call
     */
    Subject subject(PolicySettings settings, AccessSettings engine, Function<User, String> sub) {
        if (user != null) {
            return Subject.of(settings.subjectType(), settings.subject().name(user, engine.subject(), sub));
        }
        String id = engine.agentSubject() == AgentSubject.INSTANCE
                ? agent.orElse(client.getClientId())
                : client.getClientId();
        return Subject.of(holder().subjectType(), id);
    }

    /**
     * Who else calls.
     *
     * @return the application and the actors
     */
    CallParties parties() {
        return new CallParties(
                holder(), agent.orElse(client.getClientId()), Optional.of(client.getClientId()), actors, agent);
    }

    private TokenHolder holder() {
        if (user != null) {
            return new TokenHolder.User(String.valueOf(user.getUsername()), Optional.ofNullable(user.getSource()));
        }
        return agent.isPresent() ? new TokenHolder.Agent() : new TokenHolder.Application();
    }
}
