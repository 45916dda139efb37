package io.gravitee.am.gateway.handler.api;

/**
 * Marks a protocol's Spring configuration class.
 */
public interface ProtocolConfiguration {}
