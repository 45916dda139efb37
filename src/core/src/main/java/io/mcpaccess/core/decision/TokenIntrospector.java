package io.mcpaccess.core.decision;

import java.util.concurrent.CompletionStage;

/** Port to AM's introspection (RFC 7662). Implementations never block and bound their own time. */
public interface TokenIntrospector {

    /**
     * Looks a token up.
     *
     * @param token the access token; never logged, never kept
     * @param pep who asks; whether the token was issued for it is the pipeline's own rule, so that the reason is told
     * @return its state; a token that cannot be read is inactive, a failure of the look-up itself fails the stage
     */
    CompletionStage<TokenState> introspect(String token, Pep pep);
}
