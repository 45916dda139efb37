package io.mcpaccess.sandbox.data;

/**
 * An entry of the audit log.
 *
 * @param id identifier
 * @param domain domain identifier, may be null
 * @param type AM event type
 * @param status SUCCESS or FAILURE
 * @param timestamp epoch milliseconds
 * @param json the whole entry as JSON
 */
public record AuditRow(String id, String domain, String type, String status, long timestamp, String json) {}
