package io.mcpaccess.authzen.pep;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.handler.OAuth2AuthResponse;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.gravitee.am.model.oidc.Client;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A client's own token, from the client credentials grant without {@code resource}. A user's token authenticates no PEP,
 * and neither does a token for another audience: an MCP server must not ask in the name of a client that called it.
 */
final class BearerAuthentication {

    private final String domainId;
    private final PepDirectory directory;
    private final OAuth2AuthProvider tokens;

    BearerAuthentication(String domainId, PepDirectory directory, OAuth2AuthProvider tokens) {
        this.domainId = Objects.requireNonNull(domainId, "domainId");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /** Fails with {@link PepRefusedException}. */
    CompletionStage<AuthenticatedClient> authenticate(PepCredentials.Bearer credentials) {
        return decode(credentials.token()).thenCompose(decoded -> {
            Client client = decoded.getClient();
            if (client == null || !isClientsOwn(decoded.getToken(), client.getClientId())) {
                return CompletableFuture.failedFuture(PepRefusedException.badToken(client));
            }
            if (decoded.getToken().containsKey("cnf")) {
                // Bound to a key or certificate (RFC 9449, RFC 8705) it proves nothing without the proof, which is not
                // read here.
                return CompletableFuture.failedFuture(PepRefusedException.boundToken(client));
            }
            return directory
                    .find(client.getClientId())
                    .thenApply(found -> found.orElseThrow(() -> PepRefusedException.badToken(client)));
        });
    }

    private CompletionStage<OAuth2AuthResponse> decode(String token) {
        CompletableFuture<OAuth2AuthResponse> decoded = new CompletableFuture<>();
        tokens.decodeToken(token, result -> {
            if (result.succeeded() && result.result() != null && result.result().getToken() != null) {
                decoded.complete(result.result());
            } else {
                decoded.completeExceptionally(PepRefusedException.badToken(null));
            }
        });
        return decoded;
    }

    private boolean isClientsOwn(JWT token, String clientId) {
        return clientId != null
                && domainId.equals(token.getDomain())
                && token.getInternalSub() == null
                && (clientId.equals(token.getSub()) || isOfAgentInstance(token, clientId))
                && List.of(clientId).equals(token.getAudList());
    }

    /**
     * From AM 4.12 the subject of an agent's own token may be its instance. AM says the kind of the subject at the top of such
     * tokens alone, never in a user's.
     */
    private static boolean isOfAgentInstance(JWT token, String clientId) {
        return token.get("sub_profile") instanceof String
                && token.get("client_profile") instanceof String profile
                && profile.startsWith("ai_agent")
                && clientId.equals(token.getOrDefault("client_id", clientId));
    }
}
