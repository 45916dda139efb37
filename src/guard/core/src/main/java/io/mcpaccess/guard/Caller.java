package io.mcpaccess.guard;

import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.CallerKind;
import java.util.Objects;
import java.util.Optional;

/**
 * Who an allowed request comes from.
 *
 * @param kind whether that is a user, an application or an agent: all three may have the same name
 * @param subject the id of the user, or of the client where there is no user
 * @param token what AM says about the access token; empty for the MCP server's own credentials
 */
public record Caller(CallerKind kind, String subject, Optional<ActiveToken> token) {
    /** Refuses nulls. */
    public Caller {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(token, "token");
    }

    /**
     * @return whose sessions and places these are, for comparing alone: a user is told from others by {@code sub}, as names
     *     are unique per identity provider only
     */
    public String owner() {
        return token.map(active -> kind.type() + ":" + active.subject().orElse(subject))
                .orElse("own:" + subject);
    }

    /** The MCP server itself, with its own credentials. */
    static Caller server(String clientId) {
        return new Caller(CallerKind.APPLICATION, clientId, Optional.empty());
    }
}
