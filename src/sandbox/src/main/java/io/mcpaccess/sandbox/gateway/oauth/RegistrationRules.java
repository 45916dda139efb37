package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.RegistrationRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a client may say about itself when it registers (RFC 7591, section 2), as AM's DynamicClientRegistrationServiceImpl and
 * ApplicationServiceImpl decide.
 */
final class RegistrationRules {
    private static final Pattern LOCALHOST = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Set<String> GRANT_TYPES = Set.of("authorization_code", "refresh_token", "client_credentials");
    private static final Set<String> METHODS = Set.of("client_secret_basic", "client_secret_post", "none");

    private final RegistrationRow settings;
    private final DomainRow.RedirectRules redirects;
    private final Predicate<String> scopes;

    /**
     * Makes the rules of a domain.
     *
     * @param domain the domain
     * @param scopes whether the domain has a scope
     */
    RegistrationRules(DomainRow domain, Predicate<String> scopes) {
        this.settings = domain.registration();
        this.redirects = domain.redirects();
        this.scopes = scopes;
    }

    /**
     * Metadata that is valid, with AM's defaults.
     *
     * @param name display name, null where the client gives none
     * @param redirectUris where codes may go
     * @param grantTypes grants that it may use
     * @param scopes scopes that it may ask for without naming a resource
     * @param method how it authenticates
     */
    record Metadata(
            String name, List<String> redirectUris, List<String> grantTypes, List<String> scopes, String method) {}

    /**
     * Reads a registration request.
     *
     * @throws OAuthFailure invalid_redirect_uri or invalid_client_metadata (RFC 7591, section 3.2.2)
     */
    Metadata read(JsonObject request) {
        return new Metadata(
                text(request, "client_name", null),
                redirectUris(request),
                grantTypes(request),
                scopes(request),
                method(request));
    }

    private List<String> redirectUris(JsonObject request) {
        if (!request.containsKey("redirect_uris")) {
            throw invalidRedirectUri("redirect_uris is missing");
        }
        List<String> uris = texts(request, "redirect_uris", List.of());
        uris.forEach(this::requireAllowed);
        return uris;
    }

    private void requireAllowed(String text) {
        URI uri;
        try {
            uri = new URI(text.replace("*", "wildcard"));
        } catch (URISyntaxException e) {
            throw invalidRedirectUri("redirect_uri : " + text + " is malformed");
        }
        if (!uri.isAbsolute()) {
            throw invalidRedirectUri("redirect_uri : " + text + " is malformed");
        }
        if (!redirects.allowLocalhostRedirectUri()
                && uri.getHost() != null
                && LOCALHOST.matcher(uri.getHost()).matches()) {
            throw invalidRedirectUri("localhost is forbidden");
        }
        if (!redirects.allowHttpSchemeRedirectUri() && "http".equalsIgnoreCase(uri.getScheme())) {
            throw invalidRedirectUri("Unsecured http scheme is forbidden");
        }
        if (!redirects.allowWildCardRedirectUri() && text.contains("*")) {
            throw invalidRedirectUri("Wildcard are forbidden");
        }
        if (uri.getRawFragment() != null) {
            throw invalidRedirectUri("redirect_uri with fragment is forbidden");
        }
    }

    private static List<String> grantTypes(JsonObject request) {
        List<String> types = texts(request, "grant_types", List.of("authorization_code"));
        if (types.isEmpty() || !GRANT_TYPES.containsAll(types)) {
            throw invalidMetadata("Missing or invalid grant type.");
        }
        if (!List.of("code").containsAll(texts(request, "response_types", List.of("code")))) {
            throw invalidMetadata("Invalid response type.");
        }
        return types;
    }

    private List<String> scopes(JsonObject request) {
        Set<String> asked = new LinkedHashSet<>(ScopeRules.split(text(request, "scope", null)));
        if (settings.allowedScopes() != null) {
            asked.retainAll(settings.allowedScopes());
        }
        List<String> result = asked.isEmpty() ? settings.defaultScopes() : List.copyOf(asked);
        result.stream().filter(scopes.negate()).findFirst().ifPresent(scope -> {
            throw invalidMetadata("scope " + scope + " is not valid.");
        });
        return result;
    }

    private static String method(JsonObject request) {
        String method = text(request, "token_endpoint_auth_method", "client_secret_basic");
        if (!METHODS.contains(method)) {
            throw invalidMetadata("The sandbox has no token_endpoint_auth_method " + method);
        }
        return method;
    }

    private static String text(JsonObject request, String name, String absent) {
        Object value = request.getValue(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof String text) {
            return text;
        }
        throw invalidMetadata(name + " is not a text");
    }

    private static List<String> texts(JsonObject request, String name, List<String> absent) {
        Object value = request.getValue(name);
        if (value == null) {
            return absent;
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (Object item : array) {
                if (!(item instanceof String text)) {
                    throw invalidMetadata(name + " is not a list of texts");
                }
                texts.add(text);
            }
            return List.copyOf(texts);
        }
        throw invalidMetadata(name + " is not a list of texts");
    }

    private static OAuthFailure invalidRedirectUri(String description) {
        return OAuthFailure.of("invalid_redirect_uri", description);
    }

    private static OAuthFailure invalidMetadata(String description) {
        return OAuthFailure.of("invalid_client_metadata", description);
    }
}
