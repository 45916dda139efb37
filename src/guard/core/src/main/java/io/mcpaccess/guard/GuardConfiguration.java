package io.mcpaccess.guard;

import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.ClientCredentials;
import io.mcpaccess.guard.oauth.ProofRules;
import io.mcpaccess.guard.oauth.ProtectedResourceMetadata;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * Everything a guard needs to know. Immutable; prints no secret.
 *
 * @param domain the AM domain that issues the tokens
 * @param resource the MCP server's own identifier
 * @param credentials the MCP server's own client id and secret at AM
 * @param tokens how access tokens are checked
 * @param proofs how proofs are taken that a token is the caller's own
 * @param advertised what clients without a token are told
 * @param rules how the guard asks and what it lets through
 * @param limits timeouts and sizes
 */
public record GuardConfiguration(
        AmDomain domain,
        ResourceIdentifier resource,
        ClientCredentials credentials,
        TokenValidation tokens,
        ProofRules proofs,
        Advertised advertised,
        Rules rules,
        Limits limits) {
    /** Refuses nulls. */
    public GuardConfiguration {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(proofs, "proofs");
        Objects.requireNonNull(advertised, "advertised");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * A configuration with the usual rules and limits.
     *
     * @param domainUrl the domain's base URL at AM's gateway, such as {@code https://am.example.com/demo}
     * @param resourceUrl the URL that MCP clients use, as registered at AM; lower case
     * @param clientId the MCP server's client id
     * @param clientSecret the MCP server's secret
     * @return the configuration
     * @throws IllegalArgumentException when one of them cannot be right; the message says which and why
     */
    public static GuardConfiguration of(String domainUrl, String resourceUrl, String clientId, String clientSecret) {
        return new GuardConfiguration(
                AmDomain.of(domainUrl),
                ResourceIdentifier.of(resourceUrl),
                new ClientCredentials(clientId, clientSecret),
                TokenValidation.introspection(),
                ProofRules.usual(),
                Advertised.nothing(),
                Rules.usual(),
                Limits.usual());
    }

    /**
     * @param validation how access tokens are checked; {@link TokenValidation#introspection()} unless set
     * @return the same with this
     */
    public GuardConfiguration withTokens(TokenValidation validation) {
        return new GuardConfiguration(domain, resource, credentials, validation, proofs, advertised, rules, limits);
    }

    /**
     * @param taken how proofs of possession are taken; {@link ProofRules#usual()} unless set
     * @return the same with this
     */
    public GuardConfiguration withProofs(ProofRules taken) {
        return new GuardConfiguration(domain, resource, credentials, tokens, taken, advertised, rules, limits);
    }

    /**
     * @param urls other identifiers under which AM has registered this server; tokens for these are good as well
     * @return the same with these
     * @throws IllegalArgumentException when one cannot be an identifier; the message says why
     */
    public GuardConfiguration withOtherResources(List<String> urls) {
        return new GuardConfiguration(
                domain, resource.alsoKnownAs(urls), credentials, tokens, proofs, advertised, rules, limits);
    }

    /**
     * @return the issuer identifier that clients see and tokens have
     */
    public URI issuer() {
        return advertised.issuer().orElse(domain.issuer());
    }

    /**
     * @param told what clients without a token are told
     * @return the same with this
     */
    public GuardConfiguration withAdvertised(Advertised told) {
        return new GuardConfiguration(domain, resource, credentials, tokens, proofs, told, rules, limits);
    }

    /**
     * @param other how the guard asks and what it lets through
     * @return the same with these rules
     */
    public GuardConfiguration withRules(Rules other) {
        return new GuardConfiguration(domain, resource, credentials, tokens, proofs, advertised, other, limits);
    }

    /**
     * @param other timeouts and sizes
     * @return the same with these limits
     */
    public GuardConfiguration withLimits(Limits other) {
        return new GuardConfiguration(domain, resource, credentials, tokens, proofs, advertised, rules, other);
    }

    /**
     * @return the protected resource metadata that these values make
     */
    public ProtectedResourceMetadata metadata() {
        return new ProtectedResourceMetadata(
                resource,
                issuer(),
                advertised.scopesSupported(),
                advertised.name().orElse(null),
                proofs);
    }
}
