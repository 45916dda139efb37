package io.gravitee.am.service.reporter.builder;

import io.gravitee.am.common.audit.EventType;
import io.gravitee.am.model.Reference;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.reporter.builder.gateway.GatewayAuditBuilder;

/**
 * The authentication of a client, failed when there is a throwable.
 */
public class ClientAuthAuditBuilder extends GatewayAuditBuilder<ClientAuthAuditBuilder> {
    public ClientAuthAuditBuilder() {
        type(EventType.CLIENT_AUTHENTICATION);
    }

    public ClientAuthAuditBuilder clientActor(Client client) {
        if (client != null) {
            client(client);
            actorId = client.getId();
            actorDisplayName = client.getClientName();
            if (client.getDomain() != null) {
                reference(Reference.domain(client.getDomain()));
            }
        }
        return this;
    }
}
