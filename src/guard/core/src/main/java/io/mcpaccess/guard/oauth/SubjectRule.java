package io.mcpaccess.guard.oauth;

import java.util.Optional;

/**
 * Who the AuthZEN question is about. It must name the subject as the {@code subject} setting of the AuthZEN plugin
 * does, or the answer is {@code subject_mismatch}.
 */
@FunctionalInterface
public interface SubjectRule {
    /**
     * @param token an active token of this server
     * @return the id of the AuthZEN subject; empty when the token names nobody, which refuses the call
     */
    Optional<String> subjectOf(ActiveToken token);

    /**
     * The user's name, as AM's documents have it; for a client's own token, which has no user, its {@code sub}, else
     * its client id.
     *
     * @return the rule
     */
    static SubjectRule username() {
        return token -> token.username().or(token::subject).or(token::clientId);
    }

    /**
     * The {@code sub} claim.
     *
     * @return the rule
     */
    static SubjectRule sub() {
        return ActiveToken::subject;
    }
}
