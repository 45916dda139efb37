package io.mcpaccess.registry.remote;

import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The MCP endpoint to ask, as far as its text can be judged.
 *
 * @param uri an absolute http or https URL with a host, no user, no fragment
 */
public record ImportTarget(URI uri) {

    /**
     * Reads a URL.
     *
     * @param url the caller's text
     * @param rules whether the operator allowed private networks, and with them http to loopback
     * @return the target
     * @throws InvalidDeclarationException if it cannot be one
     */
    public static ImportTarget of(String url, AddressRules rules) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new InvalidDeclarationException("url is no URL.");
        }
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !(isHttp && rules.allowPrivateNetworks())) {
            throw new InvalidDeclarationException("url must begin with https://. The operator can allow http to this"
                    + " machine with mcp.import.allowPrivateNetworks in gravitee.yml.");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new InvalidDeclarationException("url has no usable host name or port.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new InvalidDeclarationException(
                    "url must not hold a user or password; use bearerToken, or clientId" + " and clientSecret.");
        }
        if (uri.getRawFragment() != null) {
            throw new InvalidDeclarationException("url must not have a fragment.");
        }
        return new ImportTarget(uri);
    }

    /**
     * Whether the connection is not encrypted, which is allowed to this machine alone.
     *
     * @return whether the scheme is http
     */
    boolean isLoopbackOnly() {
        return "http".equalsIgnoreCase(uri.getScheme());
    }
}
