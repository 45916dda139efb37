package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which decisions AM's audit log has.
 *
 * @param value the engine's setting {@code auditDecisions}
 */
record AuditSetting(String value) {

    static AuditSetting of(JsonNode configuration) {
        String value = configuration.path("auditDecisions").asText("all");
        return new AuditSetting(value.isEmpty() ? "all" : value);
    }

    /** Whether it has all of them. */
    boolean isAll() {
        return value.equals("all");
    }

    /** What is missing, for a person. */
    String words() {
        return "the engine's setting auditDecisions is " + value
                + ", so allowed calls are not, or not all, in the audit log.";
    }
}
