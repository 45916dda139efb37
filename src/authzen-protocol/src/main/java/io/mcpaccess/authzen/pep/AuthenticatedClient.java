package io.mcpaccess.authzen.pep;

import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.core.decision.Pep;
import java.util.Objects;

/**
 * A PEP that proved who it is, with what AM knows about it.
 *
 * @param client the client as AM knows it; for the audit
 * @param kind whether it is an application or an MCP server (a protected resource of AM)
 */
public record AuthenticatedClient(Client client, Pep.Kind kind) {

    public AuthenticatedClient {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * The same as the decision pipeline sees it.
     *
     * @return client id and kind
     */
    public Pep pep() {
        return new Pep(client.getClientId(), kind);
    }

    /** Names the client alone: AM's object holds its secrets. */
    @Override
    public String toString() {
        return "AuthenticatedClient[" + client.getClientId() + ", " + kind + "]";
    }
}
