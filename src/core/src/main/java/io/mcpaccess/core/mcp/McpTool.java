package io.mcpaccess.core.mcp;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A tool of an MCP server as AM holds it (AM class {@code McpTool}).
 *
 * @param key the tool's name, unique within its server
 * @param description what it does, in its author's words; attacker's text, may be empty
 * @param scopes all the scopes that a call needs, in AM's order; empty where none is needed
 * @param createdAt when the tool was added to the server, or {@code null} where AM does not say
 */
public record McpTool(String key, String description, Set<String> scopes, Instant createdAt) {

    public McpTool {
        Objects.requireNonNull(key, "key");
        description = description == null ? "" : description;
        scopes = scopes == null ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
    }

    /**
     * Which of the scopes that this tool needs are not held.
     *
     * @param held the scopes of the token
     * @return the missing ones in AM's order; empty means that the scope layer passes
     */
    public Set<String> missingFrom(Set<String> held) {
        if (held.containsAll(scopes)) {
            return Set.of();
        }
        Set<String> missing = new LinkedHashSet<>(scopes);
        missing.removeAll(held);
        return Collections.unmodifiableSet(missing);
    }

    /**
     * Whether the tool came after a moment, so that nobody can have approved it then. Tokens count in whole seconds, so
     * does this.
     *
     * @param issuedAt when the token was issued
     * @return whether the tool is younger
     */
    public boolean isYoungerThan(Instant issuedAt) {
        return Optional.ofNullable(createdAt)
                .map(created -> created.getEpochSecond() > issuedAt.getEpochSecond())
                .orElse(false);
    }
}
