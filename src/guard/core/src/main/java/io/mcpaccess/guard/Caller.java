package io.mcpaccess.guard;

import io.mcpaccess.guard.oauth.ActiveToken;
import java.util.Optional;

/**
 * Who an allowed request comes from.
 *
 * @param subject the id of the user, or of the client where there is no user
 * @param token what AM says about the access token; empty for the MCP server's own credentials
 */
public record Caller(String subject, Optional<ActiveToken> token) {}
