package io.gravitee.am.service.reporter.builder;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Reference;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.contract.AuditEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds an audit entry. Order matters: domain before actor, because the actor copies the reference.
 * Status is FAILURE only with a throwable, whose message AM stores.
 */
public abstract class AuditBuilder<T extends AuditBuilder<T>> {
    protected ReferenceType referenceType;
    protected String referenceId;
    protected String accessPointId;
    protected String accessPointAlternativeId;
    protected String actorId;
    protected String actorDisplayName;
    protected ReferenceType actorReferenceType;
    protected String actorReferenceId;
    protected String targetId;
    protected String targetType;
    private String type;
    private Throwable throwable;
    private String ipAddress;
    private String userAgent;
    private Object newValue = Map.of();

    protected AuditBuilder() {}

    public static <T> T builder(Class<T> clazz) {
        try {
            return clazz.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }

    public T reference(Reference reference) {
        this.referenceType = reference.type();
        this.referenceId = reference.id();
        return self();
    }

    public T client(String client) {
        this.accessPointAlternativeId = client;
        return self();
    }

    public T client(Client client) {
        if (client != null) {
            this.accessPointId = client.getId();
            this.accessPointAlternativeId = client.getClientId();
        }
        return self();
    }

    public T type(String type) {
        this.type = type;
        return self();
    }

    public T throwable(Throwable throwable) {
        this.throwable = throwable;
        return self();
    }

    public T ipAddress(String ipAddress) {
        this.ipAddress = ipAddress;
        return self();
    }

    public T userAgent(String userAgent) {
        this.userAgent = userAgent;
        return self();
    }

    public T principal(User principal) {
        if (principal != null) {
            this.actorId = principal.getId();
            this.actorDisplayName = principal.getUsername();
        }
        return self();
    }

    protected void setNewValue(Object newValue) {
        this.newValue = newValue;
    }

    private Map<String, Object> written() {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (newValue instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** No member of AM: what a stand-in's audit service reads. */
    public AuditEntry toContractEntry() {
        return new AuditEntry(
                type,
                referenceId == null ? null : new Reference(referenceType, referenceId),
                accessPointId,
                accessPointAlternativeId,
                actorId,
                actorDisplayName,
                targetId,
                targetType,
                ipAddress,
                userAgent,
                throwable,
                written());
    }
}
