package io.gravitee.am.service.reporter.builder.gateway;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.common.audit.EventType;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.Reference;
import io.gravitee.am.model.oidc.Client;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A decision. Subject properties and context are stored word for word: the caller strips what must not be kept.
 */
public class PermissionEvaluatedAuditBuilder extends GatewayAuditBuilder<PermissionEvaluatedAuditBuilder> {
    private final Map<String, Object> evaluation = new LinkedHashMap<>();

    public PermissionEvaluatedAuditBuilder() {
        type(EventType.PERMISSION_EVALUATED);
    }

    public PermissionEvaluatedAuditBuilder domain(Domain domain) {
        return domain == null ? this : reference(Reference.domain(domain.getId()));
    }

    public PermissionEvaluatedAuditBuilder actor(Client client) {
        if (client != null) {
            client(client);
            actorId = client.getId();
            actorDisplayName = client.getClientName();
            actorReferenceType = referenceType;
            actorReferenceId = referenceId;
        }
        return this;
    }

    public PermissionEvaluatedAuditBuilder decisionId(String decisionId) {
        return put("decisionId", decisionId);
    }

    public PermissionEvaluatedAuditBuilder request(AuthorizationEngineRequest request) {
        return put("request", request);
    }

    public PermissionEvaluatedAuditBuilder response(AuthorizationEngineResponse response) {
        if (response != null) {
            put("result", response.decision());
        }
        return put("response", response);
    }

    private PermissionEvaluatedAuditBuilder put(String key, Object value) {
        if (value != null) {
            evaluation.put(key, value);
            setNewValue(evaluation);
        }
        return this;
    }
}
