package io.mcpaccess.guard.oauth;

import java.util.Optional;

/**
 * Who the AuthZEN question is about. It must name the subject as the {@code subject} setting of the domain's
 * authorization engine does, or the answer is {@code subject_mismatch}. The type of the subject is {@link CallerKind#type()}, whatever the
 * rule.
 */
@FunctionalInterface
public interface SubjectRule {
    /**
     * @param token an active token of this server
     * @return the id of the AuthZEN subject; empty when the token names nobody, which refuses the call
     */
    Optional<String> subjectOf(ActiveToken token);

    /**
     * The user's name, as AM's documents have it; for an agent's own token its blueprint, so that one tuple is for all
     * its instances; for another client's own token, which has no user, its {@code sub}, else its client id.
     *
     * @return the rule
     */
    static SubjectRule username() {
        return token -> switch (token.kind()) {
            case USER -> token.username().or(token::subject);
            case AGENT -> token.blueprint();
            case APPLICATION -> token.subject().or(token::clientId);
        };
    }

    /**
     * The {@code sub} claim; for an agent's own token its blueprint.
     *
     * @return the rule
     */
    static SubjectRule sub() {
        return token -> token.kind() == CallerKind.AGENT ? token.blueprint() : token.subject();
    }

    /**
     * For domains whose permissions name the instances of agents, not their blueprints.
     *
     * @return the same rule, with the {@code sub} of an agent's own token
     */
    default SubjectRule withAgentInstances() {
        return token -> token.kind() == CallerKind.AGENT ? token.subject() : subjectOf(token);
    }
}
