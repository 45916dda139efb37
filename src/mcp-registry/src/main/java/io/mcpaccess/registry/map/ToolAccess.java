package io.mcpaccess.registry.map;

import io.mcpaccess.registry.am.DomainApplication;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may call a tool.
 *
 * @param server the server's name
 * @param clientId the server's client id
 * @param key the tool's key
 * @param description the tool's description
 * @param scopes the scopes that a call needs, all of them
 * @param applications the applications that may ask for these scopes
 * @param users who holds the permission
 */
public record ToolAccess(
        String server,
        String clientId,
        String key,
        String description,
        List<String> scopes,
        List<DomainApplication> applications,
        Users users) {

    /** Nothing is null; lists are copied. */
    public ToolAccess {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(users, "users");
        scopes = List.copyOf(scopes);
        applications = List.copyOf(applications);
    }

    /**
     * Who holds the permission.
     *
     * @param ids the users' ids, sorted
     * @param everyone whether all users hold it, whom no list names
     * @param truncated whether there may be more than the list has
     * @param reasonCode why nobody can be named or nobody gets through, whatever the permissions say
     */
    public record Users(List<String> ids, boolean everyone, boolean truncated, Optional<String> reasonCode) {

        /** Takes a copy of the list. */
        public Users {
            Objects.requireNonNull(reasonCode, "reasonCode");
            ids = List.copyOf(ids);
        }

        static Users none(String reasonCode, boolean truncated) {
            return new Users(List.of(), false, truncated, Optional.of(reasonCode));
        }
    }
}
