package io.gravitee.am.authorizationengine.api;

/**
 * Marks an engine's configuration: a bean that Jackson fills, unknown members ignored.
 */
public interface AuthorizationEngineConfiguration {}
