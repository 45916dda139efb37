package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.ProtectedResource;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.TokenRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a token counts, as AM's BaseIntrospectionTokenService decides: signature, lifetime, audience, and, only where the token is
 * older than ten seconds, the database. A younger token that was revoked is still active.
 */
public final class TokenVerifier {
    private static final long OFFLINE_SECONDS = 10;

    private final SecurityDomain domain;
    private final Rows<TokenRow> issued;
    private final ProtectedResourceManager resources;

    /**
     * Makes the verifier.
     *
     * @param domain the domain
     * @param issued the table that knows tokens that were not revoked
     * @param resources the domain's MCP servers
     */
    public TokenVerifier(SecurityDomain domain, Rows<TokenRow> issued, ProtectedResourceManager resources) {
        this.domain = domain;
        this.issued = issued;
        this.resources = resources;
    }

    /**
     * Reads a token that is genuine, not expired and not revoked.
     *
     * @param token the compact JWT
     * @param offline true not to look it up at all
     * @return its claims, empty where it does not count
     */
    public Optional<JWT> verify(String token, boolean offline) {
        return domain.keys()
                .read(token)
                .map(JWT::new)
                .filter(jwt -> domain.id().equals(jwt.getDomain()))
                .filter(jwt -> jwt.getExp() > now())
                .filter(jwt ->
                        offline || isYoung(jwt) || issued.find(jwt.getJti()).isPresent());
    }

    /**
     * Whether the audience is one that the caller may introspect: a client of the domain, or resource identifiers that are all
     * the caller's own.
     *
     * @param jwt the token's claims
     * @param caller client identifier of who asks, null for AM itself, which has no resources
     * @return whether it is
     */
    public boolean isForCaller(JWT jwt, String caller) {
        List<String> audience = jwt.getAudList();
        if (audience == null || audience.isEmpty()) {
            return false;
        }
        if (audience.size() == 1 && client(audience.get(0)).isPresent()) {
            return true;
        }
        return audience.stream().allMatch(identifier -> isOwnedBy(identifier, caller));
    }

    /**
     * The client that introspection names: for a young token what its audience says, which on AM 4.10 is a resource; later the client
     * that the database knows.
     *
     * @param jwt the token's claims
     * @return a client identifier or a resource identifier
     */
    public String clientOf(JWT jwt) {
        String ofAudience = jwt.getAud();
        return isYoung(jwt)
                ? ofAudience
                : issued.find(jwt.getJti()).map(TokenRow::client).orElse(ofAudience);
    }

    Optional<ApplicationRow> client(String clientId) {
        return domain.tables()
                .applications()
                .where(row -> row.domain().equals(domain.id()) && row.clientId().equals(clientId))
                .findFirst();
    }

    private boolean isOwnedBy(String identifier, String caller) {
        Set<ProtectedResource> found = resources.getByIdentifier(identifier);
        return !found.isEmpty()
                && (caller == null || found.stream().allMatch(resource -> caller.equals(resource.getClientId())));
    }

    private boolean isYoung(JWT jwt) {
        return now() - jwt.getIat() < OFFLINE_SECONDS;
    }

    private long now() {
        return domain.clock().instant().getEpochSecond();
    }
}
