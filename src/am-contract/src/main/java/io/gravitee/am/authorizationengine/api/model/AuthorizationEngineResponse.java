package io.gravitee.am.authorizationengine.api.model;

import java.util.Map;

/**
 * An engine's answer.
 */
public record AuthorizationEngineResponse(boolean decision, Map<String, Object> context) {}
