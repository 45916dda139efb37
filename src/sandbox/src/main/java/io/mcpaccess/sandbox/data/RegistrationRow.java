package io.mcpaccess.sandbox.data;

import java.util.List;

/**
 * How clients may register themselves: what the sandbox has of {@code io.gravitee.am.model.oidc.ClientRegistrationSettings}.
 *
 * @param enabled whether a token with the scope {@code dcr_admin} may register clients (RFC 7591)
 * @param open whether everybody may; only where it is enabled
 * @param defaultScopes scopes of a client that asks for none
 * @param allowedScopes the only scopes that a client keeps, null for no such limit
 * @param documents clients that are known by their metadata document
 */
public record RegistrationRow(
        boolean enabled,
        boolean open,
        List<String> defaultScopes,
        List<String> allowedScopes,
        ClientDocumentsRow documents) {}
