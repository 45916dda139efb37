package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.grants.StoredGrant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code revoke}: takes one permission back. */
@Command(
        name = "revoke",
        sortOptions = false,
        description = "Takes one permission back; a plan with what it does first. What the user has by a role or for"
                + " everyone stays, and the plan says so.")
public final class RevokeCommand extends PermissionCommand {
    @Override
    void checkTerms() {}

    @Override
    Change change(AmEngine engine, ObjectNode tuple, Optional<StoredGrant> present) {
        return new Change(List.of(), present.map(StoredGrant::tuple).stream().toList());
    }
}
