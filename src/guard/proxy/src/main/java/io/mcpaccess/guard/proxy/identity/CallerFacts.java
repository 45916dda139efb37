package io.mcpaccess.guard.proxy.identity;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.oauth.ActiveToken;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a server is told about a caller.
 *
 * @param subject {@code user:alice}: with its kind, as a user and an application of one name are two
 * @param client the client that the token was issued to; empty where AM does not say it
 * @param scopes of the token, sorted, with spaces between
 * @param actor who acts for the subject, if anybody
 */
public record CallerFacts(String subject, Optional<String> client, String scopes, Optional<String> actor) {
    /**
     * @param caller of an allowed request
     * @return what is told about it
     */
    public static CallerFacts of(Caller caller) {
        Optional<ActiveToken> token = caller.token();
        return new CallerFacts(
                caller.kind().type() + ":" + caller.subject(),
                token.flatMap(CallerFacts::client),
                token.map(active -> String.join(" ", new TreeSet<>(active.scopes())))
                        .orElse(""),
                token.flatMap(ActiveToken::actor));
    }

    /** For the first seconds of a token AM 4.10 names the resource where the client is due: that is nobody's client. */
    private static Optional<String> client(ActiveToken token) {
        return token.clientId().filter(id -> !token.audiences().contains(id));
    }
}
