package io.gravitee.am.common.event;

/**
 * Published on a gateway when an engine was created, changed or deleted. The content is a {@code Payload}.
 */
public enum AuthorizationEngineEvent {
    DEPLOY,
    UPDATE,
    UNDEPLOY
}
