package io.mcpaccess.samples.client;

import java.net.URI;

/**
 * The authorization server's endpoints (RFC 8414, section 2).
 *
 * @param issuer its identifier
 * @param authorizationEndpoint where a person logs in
 * @param tokenEndpoint where codes become tokens
 * @param revocationEndpoint where tokens are revoked
 */
public record AuthorizationServer(URI issuer, URI authorizationEndpoint, URI tokenEndpoint, URI revocationEndpoint) {}
