package io.mcpaccess.registry.am;

import java.time.Instant;

/**
 * A question that was answered with no, from AM's audit log.
 *
 * @param at when
 * @param caller the MCP server or application that asked, by its name
 * @param subject whom it was about, as {@code type:id}; may be empty
 * @param tool the tool or other resource, by its id; may be empty
 * @param reason the reason code; empty where the entry has none
 */
public record RefusedCall(Instant at, String caller, String subject, String tool, String reason) {}
