package io.gravitee.am.model.common.event;

import io.gravitee.am.common.event.Action;
import io.gravitee.am.model.ReferenceType;
import java.util.HashMap;

/**
 * What an event is about: the entity's id and where it belongs.
 */
public class Payload extends HashMap<String, Object> {
    public Payload(String id, ReferenceType referenceType, String referenceId, Action action) {
        put("id", id);
        put("referenceType", referenceType);
        put("referenceId", referenceId);
        put("action", action);
    }

    public String getId() {
        return (String) get("id");
    }

    public ReferenceType getReferenceType() {
        return (ReferenceType) get("referenceType");
    }

    public String getReferenceId() {
        return (String) get("referenceId");
    }
}
