package io.mcpaccess.core.decision;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who calls a tool by a token, beside the subject of the question.
 *
 * @param holder whose the token is
 * @param subject the {@code sub} claim
 * @param clientId the application that the token is issued to, where it is known for certain
 * @param actors the subjects of the {@code act} claim, the current actor first (RFC 8693, section 4.1)
 * @param agentInstance the name by which AM means the client itself, where that is an agent application that AM knows an
 *     instance of
 */
public record CallParties(
        TokenHolder holder,
        String subject,
        Optional<String> clientId,
        List<String> actors,
        Optional<String> agentInstance) {

    /** Requires all parts, and copies the list. */
    public CallParties {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(agentInstance, "agentInstance");
        actors = List.copyOf(actors);
    }

    /**
     * The parties of a token that is there.
     *
     * @param token the token
     * @return its parties
     */
    static CallParties of(TokenState.Active token) {
        return new CallParties(
                token.holder(), token.subject(), token.clientId(), token.actors(), token.agentInstance());
    }
}
