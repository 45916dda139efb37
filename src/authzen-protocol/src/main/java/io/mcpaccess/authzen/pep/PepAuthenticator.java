package io.mcpaccess.authzen.pep;

import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.gravitee.am.service.impl.SecretService;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out which PEP asks, by HTTP Basic (AM 4.10 needs it) or Bearer (AM 4.11 and later).
 *
 * <p>Immutable; called on the event loop, which it never blocks.
 */
public final class PepAuthenticator {

    private final BasicAuthentication basic;
    private final BearerAuthentication bearer;

    /**
     * Wires the authentication of one domain.
     *
     * @param domainId the domain; clients and tokens of any other are refused
     * @param applications the domain's applications
     * @param mcpServers the domain's MCP servers
     * @param secrets AM's comparison of secrets
     * @param tokens AM's verification of bearer tokens
     * @param blocking where secrets are compared
     * @param clock tells when secrets expire
     */
    public PepAuthenticator(
            String domainId,
            ClientSyncService applications,
            ProtectedResourceSyncService mcpServers,
            SecretService secrets,
            OAuth2AuthProvider tokens,
            Blocking blocking,
            Clock clock) {
        PepDirectory directory = new PepDirectory(domainId, applications, mcpServers);
        VerifiedSecrets verified = new VerifiedSecrets(new SecureRandom(), clock);
        this.basic =
                new BasicAuthentication(directory, new SecretComparison(secrets, verified, blocking, System::nanoTime));
        this.bearer = new BearerAuthentication(domainId, directory, tokens);
    }

    /**
     * Authenticates a request.
     *
     * @param authorization the Authorization header, or {@code null}
     * @param address where the request came from
     * @return the PEP; fails with {@link PepRefusedException} for anything but a PEP of this domain, and with
     *     {@link PepDelayedException} where too many secrets have to be compared
     */
    public CompletionStage<AuthenticatedClient> authenticate(String authorization, String address) {
        Optional<PepCredentials> credentials = PepCredentials.read(authorization);
        if (credentials.isEmpty()) {
            return CompletableFuture.failedFuture(PepRefusedException.missing());
        }
        if (credentials.get() instanceof PepCredentials.Basic presented) {
            return basic.authenticate(presented, address);
        }
        return bearer.authenticate((PepCredentials.Bearer) credentials.get());
    }
}
