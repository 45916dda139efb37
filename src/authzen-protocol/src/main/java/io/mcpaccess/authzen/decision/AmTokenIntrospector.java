package io.mcpaccess.authzen.decision;

import io.gravitee.am.common.exception.oauth2.OAuth2Exception;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionTokenService;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.decision.TokenIntrospector;
import io.mcpaccess.core.decision.TokenState;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * AM's introspection. AM is not told who asks: it would call a token of another MCP server simply inactive, and the
 * pipeline says better what is wrong.
 */
public final class AmTokenIntrospector implements TokenIntrospector {

    private static final Pattern JWS = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final String domainId;
    private final IntrospectionTokenService introspection;
    private final SubjectManager subjects;
    private final Optional<TokenClients> accessTokens;
    private final Duration timeout;

    /**
     * Wires the introspection of one domain.
     *
     * @param domainId the domain; tokens of any other are inactive
     * @param introspection AM's introspection of access tokens
     * @param subjects finds the user of a token
     * @param accessTokens stored tokens, which know their client; nothing where AM has no such store
     * @param timeout the time for the whole look-up
     */
    public AmTokenIntrospector(
            String domainId,
            IntrospectionTokenService introspection,
            SubjectManager subjects,
            Optional<TokenClients> accessTokens,
            Duration timeout) {
        this.domainId = Objects.requireNonNull(domainId, "domainId");
        this.introspection = Objects.requireNonNull(introspection, "introspection");
        this.subjects = Objects.requireNonNull(subjects, "subjects");
        this.accessTokens = Objects.requireNonNull(accessTokens, "accessTokens");
        this.timeout = Objects.requireNonNull(timeout, "timeout");
    }

    @Override
    public CompletionStage<TokenState> introspect(String token, Pep pep) {
        if (!JWS.matcher(token).matches()) {
            return CompletableFuture.completedFuture(new TokenState.Inactive());
        }
        return Maybe.defer(() -> introspection.introspect(token, false))
                .filter(jwt -> domainId.equals(jwt.getDomain()))
                .flatMapSingle(this::state)
                .onErrorResumeNext(failure -> failure instanceof OAuth2Exception
                        ? Maybe.just(new TokenState.Inactive())
                        : Maybe.error(failure))
                .defaultIfEmpty(new TokenState.Inactive())
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage();
    }

    private Single<TokenState> state(JWT jwt) {
        TokenClaims claims = new TokenClaims(jwt);
        if (claims.subject().isEmpty() || claims.actors().isEmpty()) {
            return Single.just(new TokenState.Inactive());
        }
        if (claims.isOfAgent() && claims.hasInternalSubject()) {
            // An agent's own and a user's at once: nobody knows whose.
            return Single.just(new TokenState.Inactive());
        }
        return client(claims).flatMap(client -> held(jwt, claims, client));
    }

    private Single<TokenState> held(JWT jwt, TokenClaims claims, Optional<String> client) {
        if (claims.isOfAgent()) {
            return Single.just(claims.ofAgent(client));
        }
        if (claims.isOfApplication(client)) {
            return Single.just(claims.ofApplication(client));
        }
        if (client.isEmpty() && !claims.hasInternalSubject()) {
            // Its subject may be the client as well as a user: on domains of AM's first version both look alike.
            return Single.just(new TokenState.Inactive());
        }
        return Maybe.defer(() -> subjects.findUserBySub(jwt))
                .<TokenState>map(user -> claims.ofUser(client, user))
                // AM's InvalidGISException is one: the subject cannot be a user's.
                .onErrorComplete(IllegalArgumentException.class::isInstance)
                // A token whose user is gone must not pass for the client's own.
                .defaultIfEmpty(new TokenState.Inactive());
    }

    /** On AM 4.10 the claim is missing, and introspection says the audience in its place while the token is young. */
    private Single<Optional<String>> client(TokenClaims claims) {
        if (claims.clientId().isPresent() || claims.id().isEmpty() || accessTokens.isEmpty()) {
            return Single.just(claims.clientId());
        }
        return accessTokens.get().clientOf(claims.id().get()).map(Optional::of).defaultIfEmpty(Optional.empty());
    }
}
