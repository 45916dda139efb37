package io.mcpaccess.registry.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What happens to a server's own members.
 *
 * @param id AM's id; empty while there is none
 * @param name as it will be
 * @param clientId what it authenticates with; empty while there is none
 * @param description as it will be
 * @param resourceIdentifiers as they will be
 * @param change what happens, tools left aside
 */
public record ServerPlan(
        Optional<String> id,
        String name,
        Optional<String> clientId,
        String description,
        List<String> resourceIdentifiers,
        PlannedChange change) {

    /** Nothing is null; the list is copied. */
    public ServerPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(change, "change");
        resourceIdentifiers = List.copyOf(resourceIdentifiers);
    }
}
