package io.mcpaccess.sandbox.gateway.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.impl.SecretService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/**
 * Authenticates the client of a request: HTTP Basic, a secret in the form, or none for a public client. Applications and MCP servers
 * alike, as AM's ClientAuthHandler. Secrets are compared on a worker thread.
 */
final class ClientAuthentication {
    private final Vertx vertx;
    private final ClientSyncService applications;
    private final ProtectedResourceSyncService resources;
    private final SecretService secrets;
    private final ClientDocuments documents;

    ClientAuthentication(
            Vertx vertx,
            ClientSyncService applications,
            ProtectedResourceSyncService resources,
            SecretService secrets,
            ClientDocuments documents) {
        this.vertx = vertx;
        this.applications = applications;
        this.resources = resources;
        this.secrets = secrets;
        this.documents = documents;
    }

    /** The client, or an {@link OAuthFailure} with 401. */
    Future<Client> authenticate(RoutingContext context) {
        Credentials credentials;
        try {
            credentials = credentials(context);
        } catch (OAuthFailure e) {
            return Future.failedFuture(e);
        }
        return documents
                .prepare(credentials.clientId())
                .compose(ready -> find(credentials.clientId()))
                .compose(client -> verified(client, credentials.secret()));
    }

    private static Credentials credentials(RoutingContext context) {
        String authorization = context.request().getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                ClientSecretBasic basic = ClientSecretBasic.parse(authorization);
                return new Credentials(
                        basic.getClientID().getValue(), basic.getClientSecret().getValue());
            } catch (ParseException e) {
                throw OAuthFailure.invalidClient("Invalid client: credentials cannot be read", false);
            }
        }
        Map<String, List<String>> form = Http.form(context);
        String clientId = Http.first(form, "client_id");
        if (clientId == null) {
            throw OAuthFailure.invalidClient("Invalid client: missing or unsupported authentication method", false);
        }
        return new Credentials(clientId, Http.first(form, "client_secret"));
    }

    private Future<Client> find(String clientId) {
        Promise<Client> found = Promise.promise();
        applications
                .findByClientId(clientId)
                .switchIfEmpty(resources.findByClientId(clientId))
                .subscribe(
                        found::complete,
                        found::fail,
                        () -> found.fail(OAuthFailure.invalidClient("Client authentication failed", false)));
        return found.future();
    }

    private Future<Client> verified(Client client, String secret) {
        boolean isPublic = client.getClientSecrets().isEmpty();
        // AM's ClientNoneAuthProvider looks at no secret: a client that registered itself is given one and may send it.
        boolean hasNoMethod = isPublic && !"none".equals(client.getTokenEndpointAuthMethod());
        if (!client.isEnabled() || client.isTemplate() || (hasNoMethod && secret != null)) {
            return Future.failedFuture(OAuthFailure.invalidClient("Client authentication failed", false));
        }
        if (isPublic) {
            return Future.succeededFuture(client);
        }
        return vertx.executeBlocking(() -> secrets.validateSecret(client, secret), false)
                .compose(valid -> valid
                        ? Future.succeededFuture(client)
                        : Future.failedFuture(OAuthFailure.invalidClient("Client authentication failed", true)));
    }

    private record Credentials(String clientId, String secret) {
        @Override
        public String toString() {
            return "Credentials[clientId=" + clientId + "]";
        }
    }
}
