package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ClientDocumentsRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Which metadata documents count, and what client one makes, as AM's CimdUriTrustValidator and CimdMetadataServiceImpl decide. */
final class ClientDocumentRules {
    private static final Set<String> SECRET_METHODS =
            Set.of("client_secret_basic", "client_secret_post", "client_secret_jwt");

    private final ClientDocumentsRow settings;

    ClientDocumentRules(ClientDocumentsRow settings) {
        this.settings = settings;
    }

    /** The URL of a document that the domain trusts. */
    URI requireTrusted(String clientId) {
        URI uri;
        try {
            uri = new URI(clientId);
        } catch (URISyntaxException e) {
            throw invalid("client_id is not a valid URL.");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw invalid("client_id is not a valid URL.");
        }
        if (!settings.httpAllowed() && !"https".equals(uri.getScheme())) {
            throw invalid("client_id must use https.");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!settings.allowedDomains().isEmpty()
                && settings.allowedDomains().stream().noneMatch(domain -> isWithin(host, domain))) {
            throw invalid("The host of client_id is not trusted.");
        }
        return uri;
    }

    private static boolean isWithin(String host, String domain) {
        String wanted = domain.toLowerCase(Locale.ROOT);
        return wanted.startsWith("*.")
                ? host.endsWith(wanted.substring(1)) && host.indexOf('.') == host.length() - wanted.length() + 1
                : host.equals(wanted);
    }

    static boolean arePublic(InetAddress... addresses) {
        return Stream.of(addresses)
                .noneMatch(address -> address.isLoopbackAddress()
                        || address.isAnyLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isMulticastAddress()
                        || (address.getAddress()[0] & 0xfe) == 0xfc);
    }

    /** The client that a document makes of the template: never more grants and scopes than the template has. */
    static ApplicationRow client(String clientId, ApplicationRow template, JsonObject document) {
        if (!clientId.equals(document.getValue("client_id"))) {
            throw invalid("client_id in metadata does not match requested client_id.");
        }
        List<String> redirectUris = texts(document, "redirect_uris");
        if (redirectUris == null || redirectUris.isEmpty()) {
            throw invalid("Missing or invalid redirect_uris in client metadata.");
        }
        String method = Objects.toString(document.getValue("token_endpoint_auth_method"), "none");
        if (SECRET_METHODS.contains(method)) {
            throw invalid("Secret-based token_endpoint_auth_method is not allowed for CIMD clients.");
        }
        if (document.containsKey("client_secret") || document.containsKey("client_secret_expires_at")) {
            throw invalid("client_secret metadata is not allowed for CIMD clients.");
        }
        if (!"none".equals(method)) {
            throw invalid("The sandbox has no token_endpoint_auth_method " + method + ".");
        }
        List<String> grantTypes = texts(document, "grant_types");
        Set<String> scopes = document.getValue("scope") instanceof String scope
                ? ScopeRules.split(scope)
                : Set.copyOf(template.scopes());
        return new ApplicationRow(
                template.id(),
                template.domain(),
                document.getValue("client_name") instanceof String name ? name : template.name(),
                clientId,
                List.of(),
                redirectUris,
                common(grantTypes == null ? List.of("authorization_code") : grantTypes, template.grantTypes()),
                common(template.scopes(), scopes),
                template.autoApproveScopes(),
                template.choice(),
                template.agent(),
                template.flowsInherited(),
                template.enabled(),
                template.createdAt(),
                template.updatedAt());
    }

    private static List<String> common(List<String> some, Collection<String> others) {
        return some.stream().filter(others::contains).toList();
    }

    /** The texts of a list, null where there is none. */
    private static List<String> texts(JsonObject document, String name) {
        return document.getValue(name) instanceof JsonArray array
                        && array.stream().allMatch(String.class::isInstance)
                ? array.stream().map(String.class::cast).toList()
                : null;
    }

    static OAuthFailure invalid(String description) {
        return OAuthFailure.of("invalid_client_metadata", description);
    }
}
