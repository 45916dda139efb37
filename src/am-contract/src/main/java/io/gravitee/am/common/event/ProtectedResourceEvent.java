package io.gravitee.am.common.event;

/**
 * Published on a gateway when an MCP server was created, changed or deleted. The content is a {@code Payload}.
 */
public enum ProtectedResourceEvent {
    DEPLOY,
    UPDATE,
    UNDEPLOY
}
