package io.mcpaccess.authzen.pep;

import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.core.decision.Pep;
import io.reactivex.rxjava3.core.Maybe;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The clients of one domain that may be PEPs: enabled applications and MCP servers, never templates. */
final class PepDirectory {

    private final String domainId;
    private final ClientSyncService applications;
    private final ProtectedResourceSyncService mcpServers;

    PepDirectory(String domainId, ClientSyncService applications, ProtectedResourceSyncService mcpServers) {
        this.domainId = Objects.requireNonNull(domainId, "domainId");
        this.applications = Objects.requireNonNull(applications, "applications");
        this.mcpServers = Objects.requireNonNull(mcpServers, "mcpServers");
    }

    /** AM's own order: applications first, then MCP servers. */
    CompletionStage<Optional<AuthenticatedClient>> find(String clientId) {
        return applications
                .findByClientId(clientId)
                .map(client -> new AuthenticatedClient(client, Pep.Kind.APPLICATION))
                .switchIfEmpty(Maybe.defer(() -> mcpServers
                        .findByClientId(clientId)
                        .map(client -> new AuthenticatedClient(client, Pep.Kind.MCP_SERVER))))
                .filter(found -> usable(found.client()))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .toCompletionStage();
    }

    private boolean usable(Client client) {
        return client.isEnabled() && !client.isTemplate() && domainId.equals(client.getDomain());
    }
}
