package io.mcpaccess.guard.oauth;

import java.net.URI;
import java.util.Objects;

/**
 * A security domain of Gravitee AM, seen from the MCP server.
 *
 * @param url the domain's base URL at AM's gateway, such as {@code https://am.example.com/demo}; absolute, http or
 *     https, without query, fragment or trailing slash
 */
public record AmDomain(URI url) {
    /**
     * @throws IllegalArgumentException when the URL is of another form
     */
    public AmDomain {
        Objects.requireNonNull(url, "url");
        boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "The domain URL '" + url + "' is not an absolute http or https URL. It is the"
                            + " base URL of the domain at AM's gateway, such as https://am.example.com/demo.");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The domain URL '" + url + "' has a query or a fragment. Leave them out.");
        }
        if (url.getRawPath().endsWith("/")) {
            throw new IllegalArgumentException("The domain URL '" + url + "' ends with a slash. Leave it out.");
        }
    }

    /**
     * @param url the domain's base URL
     * @return the domain
     * @throws IllegalArgumentException when the URL has another form than {@link AmDomain} takes
     */
    public static AmDomain of(String url) {
        return new AmDomain(URI.create(url));
    }

    /**
     * @return AM's introspection endpoint (RFC 7662)
     */
    public URI introspectionEndpoint() {
        return at("/oauth/introspect");
    }

    /**
     * @return the AuthZEN access evaluation endpoint (Authorization API 1.0, section 6)
     */
    public URI evaluationEndpoint() {
        return at("/access/v1/evaluation");
    }

    /**
     * @return the AuthZEN access evaluations endpoint (Authorization API 1.0, section 7)
     */
    public URI evaluationsEndpoint() {
        return at("/access/v1/evaluations");
    }

    /**
     * @return the domain's issuer identifier, as AM's OpenID configuration says it
     */
    public URI issuer() {
        return at("/oidc");
    }

    /**
     * @return AM's OpenID configuration (OpenID Connect Discovery 1.0, section 4)
     */
    public URI openIdConfiguration() {
        return at("/oidc/.well-known/openid-configuration");
    }

    private URI at(String path) {
        return URI.create(url + path);
    }
}
