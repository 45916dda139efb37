package io.mcpaccess.registry.am;

import io.gravitee.am.service.reporter.builder.management.ManagementAuditBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** An entry of AM's audit log: somebody looked at who may call what. AM makes its builders by their constructor. */
public class ViewEntry extends ManagementAuditBuilder<ViewEntry> {

    /** The type of these entries. */
    public static final String TYPE = "MCP_ACCESS_VIEWED";

    /** An empty entry. */
    public ViewEntry() {
        super();
    }

    /** Says what was looked at. */
    ViewEntry of(String engine, String view, Map<String, String> asked) {
        targetId = engine;
        targetType = "AUTHORIZATION_ENGINE";
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("view", view);
        value.putAll(asked);
        setNewValue(value);
        return this;
    }
}
