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
        Set<String> accepted = with(all(client), resourceIdentifiers);
        Set<String> refused = new LinkedHashSet<>(requested);
        refused.removeAll(accepted);
        if (!refused.isEmpty()) {
            throw OAuthFailure.of("invalid_scope", "Invalid scope(s): " + String.join(" ", refused));
        }
        return requested;
    }

    /**
     * The scopes of an exchanged token (AM's TokenExchangeServiceImpl, DOWNSCOPING): what the tokens have that it is made of, as far as
     * the resource or the application has it too; where none is requested, the application's default ones are meant.
     *
     * @param held what the subject token has, and the actor token where there is one
     * @throws OAuthFailure invalid_scope
     */
    Set<String> exchanged(Client client, Set<String> requested, Set<String> held, Set<String> resourceIdentifiers) {
        Set<String> allowed = new LinkedHashSet<>(held);
        allowed.retainAll(with(requested.isEmpty() ? defaults(client) : all(client), resourceIdentifiers));
        if (!allowed.containsAll(requested)) {
            throw OAuthFailure.of("invalid_scope", "Requested scope is not allowed");
        }
        return requested.isEmpty() ? allowed : requested;
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

    private Set<String> with(Set<String> scopes, Set<String> resourceIdentifiers) {
        Set<String> all = new LinkedHashSet<>(scopes);
        if (!resourceIdentifiers.isEmpty()) {
            all.addAll(resources.getScopesForResources(resourceIdentifiers));
        }
        return all;
    }

    private static Set<String> all(Client client) {
        return client.getScopeSettings() == null
                ? Set.of()
                : client.getScopeSettings().stream()
                        .map(ApplicationScopeSettings::getScope)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
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
