package io.gravitee.am.gateway.handler.common.oauth2;

import io.gravitee.am.common.jwt.JWT;

/**
 * An active token; on 4.10 {@code clientId} is the audience during the first 10 seconds.
 */
public record IntrospectionResult(JWT jwt, String clientId) {}
