package io.mcpaccess.engine.store;

import io.mcpaccess.engine.explain.Explanations;
import io.mcpaccess.engine.explain.StoreSnapshots;
import io.mcpaccess.openfga.PermissionChecks;
import io.mcpaccess.openfga.PermissionSearches;
import io.mcpaccess.openfga.SnapshotSource;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoreHealth;
import io.mcpaccess.openfga.StoreLife;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.openfga.server.ServerBackend;
import java.time.Clock;

/**
 * A store that an engine has opened, by its roles: each part of the engine takes those that it needs.
 *
 * @param checks answers questions
 * @param searches finds objects and users
 * @param administration reads and changes what the store holds
 * @param health says how it is
 * @param explanations says why it answers as it does
 * @param snapshots takes the store as it is, to try changes out on
 * @param life warms it up, and ends it; whoever holds this record closes it
 */
public record OpenStore(
        PermissionChecks checks,
        PermissionSearches searches,
        StoreAdministration administration,
        StoreHealth health,
        Explanations explanations,
        SnapshotSource snapshots,
        StoreLife life) {

    /**
     * A store in this process.
     *
     * @param embedded the store
     * @return its roles
     */
    public static OpenStore of(EmbeddedBackend embedded) {
        return new OpenStore(
                embedded,
                embedded,
                embedded,
                embedded,
                Explanations.of(embedded),
                StoreSnapshots.of(embedded),
                embedded);
    }

    /**
     * A store on a server.
     *
     * @param server the store
     * @param clock tells the time to what evaluates its tuples here
     * @return its roles
     */
    public static OpenStore of(ServerBackend server, Clock clock) {
        return new OpenStore(
                server, server, server, server, Explanations.of(server, clock), StoreSnapshots.of(server), server);
    }
}
