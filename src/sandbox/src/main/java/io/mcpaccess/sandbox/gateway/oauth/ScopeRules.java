package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.application.ApplicationScopeSettings;
import io.gravitee.am.model.oidc.Client;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which scopes and resources a request gets. A tool's scope is accepted from any application once the request names the resource;
 * without it only what the application itself holds (AM's AbstractRequestResolver). Resource parameters are compared exactly.
 */
final class ScopeRules {
    private static final String UNKNOWN_RESOURCE =
            "The requested resource is not recognized by this authorization server.";

    private final ProtectedResourceManager resources;

    ScopeRules(ProtectedResourceManager resources) {
        this.resources = resources;
    }

    /** The scopes of a {@code scope} parameter, in order. */
    static Set<String> split(String scope) {
        return scope == null
                ? Set.of()
                : Arrays.stream(scope.trim().split("\\s+"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The {@code resource} parameters, trimmed. */
    static Set<String> resources(Map<String, List<String>> parameters) {
        return parameters.getOrDefault("resource", List.of()).stream()
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Validates the requested scopes.
     *
     * @throws OAuthFailure invalid_scope
     */
    Set<String> requireScopes(Client client, Set<String> requested, Set<String> resourceIdentifiers) {
        if (requested.isEmpty()) {
            return defaults(client);
        }
        Set<String> accepted = client.getScopeSettings() == null
                ? new LinkedHashSet<>()
                : client.getScopeSettings().stream()
                        .map(ApplicationScopeSettings::getScope)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!resourceIdentifiers.isEmpty()) {
            accepted.addAll(resources.getScopesForResources(resourceIdentifiers));
        }
        Set<String> refused = new LinkedHashSet<>(requested);
        refused.removeAll(accepted);
        if (!refused.isEmpty()) {
            throw OAuthFailure.of("invalid_scope", "Invalid scope(s): " + String.join(" ", refused));
        }
        return requested;
    }

    /**
     * Requires every resource to be an identifier of an MCP server of the domain.
     *
     * @throws OAuthFailure invalid_target
     */
    void requireKnownResources(Set<String> identifiers) {
        if (identifiers.stream()
                .anyMatch(identifier -> resources.getByIdentifier(identifier).isEmpty())) {
            throw OAuthFailure.of("invalid_target", UNKNOWN_RESOURCE);
        }
    }

    /**
     * Requires the resources of a token request to be among those that were authorized.
     *
     * @return what the token is for: the requested ones, or all authorized ones where none is requested
     * @throws OAuthFailure invalid_target
     */
    static Set<String> requireConsistent(Set<String> requested, Set<String> authorized) {
        if (!authorized.containsAll(requested)) {
            throw OAuthFailure.of("invalid_target", UNKNOWN_RESOURCE);
        }
        return requested.isEmpty() ? authorized : requested;
    }

    private static Set<String> defaults(Client client) {
        return client.getScopeSettings() == null
                ? Set.of()
                : client.getScopeSettings().stream()
                        .filter(ApplicationScopeSettings::isDefaultScope)
                        .map(ApplicationScopeSettings::getScope)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
