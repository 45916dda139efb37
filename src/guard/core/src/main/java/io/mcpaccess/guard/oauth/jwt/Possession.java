package io.mcpaccess.guard.oauth.jwt;

import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.Confirmation;
import io.mcpaccess.guard.oauth.PresentedCredentials;
import io.mcpaccess.guard.oauth.PresentedProof;
import io.mcpaccess.guard.oauth.ProofRules;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import java.time.Clock;
import java.util.Optional;

/**
 * Whether the caller may use the token it sends: one that is bound to a key or certificate takes more than having it (RFC
 * 9449, section 7.1; RFC 8705, section 3). Threads may share it.
 */
public final class Possession {
    private final ProofRules rules;
    private final DpopProofs proofs;

    /**
     * @param resource this MCP server
     * @param rules how proofs are taken
     * @param clock tells the time
     */
    public Possession(ResourceIdentifier resource, ProofRules rules, Clock clock) {
        this.rules = rules;
        this.proofs = new DpopProofs(resource, rules, clock);
    }

    /**
     * @param presented the token and the scheme that it came by
     * @param token what is known about it
     * @param httpMethod of the request
     * @param proof what the request brings along
     * @return what is missing, a code for a log; empty when the caller may use it
     */
    public Optional<String> fault(
            PresentedCredentials presented, ActiveToken token, String httpMethod, PresentedProof proof) {
        Confirmation bound = token.confirmation();
        if (bound.certificateThumbprint().isPresent()
                && !bound.certificateThumbprint().equals(proof.certificateThumbprint())) {
            return Optional.of("certificate_missing_or_other");
        }
        Optional<String> key = bound.keyThumbprint();
        if (presented instanceof PresentedCredentials.Dpop dpop) {
            // A token without a key comes as Bearer (RFC 9449, section 7.1).
            return key.isEmpty()
                    ? Optional.of("token_not_bound")
                    : proofs.fault(proof.dpop(), httpMethod, PresentedProof.hash(dpop.token()), key.get());
        }
        if (key.isPresent()) {
            return Optional.of("bound_token_as_bearer");
        }
        return rules.required() ? Optional.of("token_not_bound") : Optional.empty();
    }
}
