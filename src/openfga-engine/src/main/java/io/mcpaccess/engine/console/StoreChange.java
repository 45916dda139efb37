package io.mcpaccess.engine.console;

import io.gravitee.am.service.reporter.builder.management.ManagementAuditBuilder;
import java.util.Map;

/** An entry of AM's audit log about a change in an engine's store. */
public class StoreChange extends ManagementAuditBuilder<StoreChange> {

    /** An empty entry; AM's builders are made this way. */
    public StoreChange() {
        super();
    }

    /**
     * Says what was changed.
     *
     * @param engine the engine's id
     * @param value what was written or deleted, and in which store
     * @return this entry
     */
    StoreChange of(String engine, Map<String, Object> value) {
        targetId = engine;
        targetType = "AUTHORIZATION_ENGINE";
        setNewValue(value);
        return this;
    }
}
