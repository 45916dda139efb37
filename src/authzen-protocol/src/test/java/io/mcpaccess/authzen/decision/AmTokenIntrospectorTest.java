package io.mcpaccess.authzen.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.gravitee.am.common.exception.oauth2.InvalidTokenException;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionTokenService;
import io.gravitee.am.model.User;
import io.gravitee.am.repository.oauth2.api.AccessTokenRepository;
import io.gravitee.am.repository.oauth2.model.AccessToken;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.decision.TokenHolder;
import io.mcpaccess.core.decision.TokenState;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AmTokenIntrospectorTest {

    private static final String TOKEN = "aa.bb.cc";
    private static final Pep PEP = new Pep("billing-mcp", Pep.Kind.MCP_SERVER);

    private final IntrospectionTokenService introspection = mock();
    private final SubjectManager subjects = mock();
    private final AccessTokenRepository accessTokens = mock();
    private final AmTokenIntrospector introspector = introspector(Optional.of(accessTokens));
    private final JWT jwt = new JWT(Map.of(
            "sub", "opaque",
            "gis", "idp:42",
            "aud", "http://127.0.0.1:9100/mcp",
            "domain", "demo",
            "scope", "invoices:read openid",
            "iat", 1_700_000_000L,
            "jti", "j1"));
    private final User alice = new User();

    @BeforeEach
    void knowAlicesToken() {
        alice.setUsername("alice");
        alice.setSource("idp");
        AccessToken stored = new AccessToken();
        stored.setClient("agent");
        when(introspection.introspect(anyString(), anyBoolean())).thenReturn(Maybe.just(jwt));
        when(accessTokens.findByToken("j1")).thenReturn(Maybe.just(stored));
        when(subjects.findUserBySub(any())).thenReturn(Maybe.just(alice));
    }

    @Test
    void readsAUsersToken() {
        assertThat(introspect())
                .isEqualTo(new TokenState.Active(
                        new TokenHolder.User("alice", Optional.of("idp")),
                        "opaque",
                        Optional.of("agent"),
                        List.of("http://127.0.0.1:9100/mcp"),
                        java.util.Set.of("invoices:read", "openid"),
                        Instant.ofEpochSecond(1_700_000_000L),
                        List.of()));
    }

    @Test
    void looksRevocationUp() {
        introspect();
        verify(introspection).introspect(TOKEN, false);
    }

    @Test
    void theClientIsTheStoredOneAndNotTheAudience() {
        assertThat(active().clientId()).contains("agent");
    }

    @Test
    void theClaimWinsOnLinesThatHaveIt() {
        jwt.put("client_id", "from-claim");
        assertThat(active().clientId()).contains("from-claim");
        verify(accessTokens, never()).findByToken(anyString());
    }

    @Test
    void theClientIsUnknownWhereNothingSaysIt() {
        when(accessTokens.findByToken("j1")).thenReturn(Maybe.empty());
        assertThat(active().clientId()).isEmpty();
    }

    @Test
    void aClientsOwnTokenHasNoUser() {
        jwt.remove("gis");
        jwt.put("sub", "agent");
        TokenState.Active active = active();
        assertThat(active.user()).isEmpty();
        assertThat(active.clientId()).contains("agent");
        verify(subjects, never()).findUserBySub(any());
    }

    @Test
    void aTokenWhoseUserIsGoneIsInactive() {
        when(subjects.findUserBySub(any())).thenReturn(Maybe.empty());
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
    }

    @Test
    void aTokenOfADisabledUserIsInactive() {
        alice.setEnabled(false);
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
    }

    @Test
    void aTokenOfAnotherDomainIsInactive() {
        jwt.put("domain", "other");
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
    }

    @Test
    void aTokenThatAmRefusesIsInactive() {
        when(introspection.introspect(anyString(), anyBoolean()))
                .thenReturn(Maybe.error(new InvalidTokenException("The token is invalid")));
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
        when(introspection.introspect(anyString(), anyBoolean())).thenReturn(Maybe.empty());
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
    }

    @Test
    void whatIsNoTokenIsInactiveWithoutAskingAm() {
        for (String garbage : List.of("", "abc", "a.b", "a.b.c.d", "a b.c.d", "a.b.c\n")) {
            assertThat(introspector
                            .introspect(garbage, PEP)
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(TokenState.Inactive.class);
        }
        verify(introspection, never()).introspect(anyString(), anyBoolean());
    }

    @Test
    void aFailureOfTheDatabaseFailsAndIsNoVerdict() {
        when(introspection.introspect(anyString(), anyBoolean()))
                .thenReturn(Maybe.error(new IllegalStateException("database down")));
        assertThatThrownBy(this::introspect).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClientThatCannotBeLookedUpFails() {
        when(accessTokens.findByToken("j1")).thenReturn(Maybe.error(new IllegalStateException("database down")));
        assertThatThrownBy(this::introspect).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesUpInTime() {
        when(introspection.introspect(anyString(), anyBoolean())).thenReturn(Maybe.never());
        assertThatThrownBy(this::introspect).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void readsTheChainOfActors() {
        jwt.put("act", Map.of("sub", "agent-2", "act", Map.of("sub", "agent-1")));
        assertThat(active().actors()).containsExactly("agent-2", "agent-1");
    }

    @Test
    void case26_anActorClaimThatCannotBeReadMakesTheTokenInactive() {
        jwt.put("act", Map.of("name", "x"));
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
        jwt.put("act", "agent");
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
    }

    @Test
    void attack_anAgentThatNamesAUserAsItsInstanceIsNeverLookedUpAsOne() {
        agentsOwn("rosa");
        TokenState.Active active = active();

        assertThat(active.holder()).isEqualTo(new TokenHolder.Agent());
        assertThat(active.clientId()).contains("blueprint");
        assertThat(active.agentInstance()).contains("rosa");
        verify(subjects, never()).findUserBySub(any());
    }

    @Test
    void anAgentWithoutInstancesIsNoApplicationEither() {
        agentsOwn("blueprint");
        assertThat(active().holder()).isEqualTo(new TokenHolder.Agent());
    }

    @Test
    void aTokenThatIsAnAgentsOwnAndAUsersIsInactive() {
        agentsOwn("rosa");
        jwt.put("gis", "idp:42");
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
    }

    @Test
    void aSubjectThatCannotBeAUsersIsInactiveAndNoFailure() {
        jwt.remove("gis");
        jwt.put("client_id", "agent");
        when(subjects.findUserBySub(any()))
                .thenReturn(Maybe.error(new IllegalArgumentException("gis")))
                .thenThrow(new IllegalArgumentException("gis"));
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
        assertThat(introspect()).isInstanceOf(TokenState.Inactive.class);
    }

    @Test
    void attack_anApplicationWithAUsersIdAsItsNameOnADomainOfTheFirstVersion() {
        jwt.remove("gis");
        jwt.put("sub", "id-of-rosa");
        when(accessTokens.findByToken("j1")).thenReturn(Maybe.empty());

        assertThat(introspect())
                .as("with the client unknown it may be a user as well")
                .isInstanceOf(TokenState.Inactive.class);
        verify(subjects, never()).findUserBySub(any());
    }

    @Test
    void aUsersTokenOfAnAgentSaysWhichActorTheAgentIs() {
        jwt.put("client_id", "blueprint");
        jwt.put("client_profile", "ai_agent user_embedded");
        jwt.put("act", Map.of("sub", "instance-1", "sub_profile", "user_embedded"));
        assertThat(active().holder()).isInstanceOf(TokenHolder.User.class);
        assertThat(active().agentInstance()).contains("instance-1");

        jwt.put("act", Map.of("sub", "somebody"));
        assertThat(active().agentInstance()).as("from a token exchange").isEmpty();
    }

    @Test
    void aTokenThatIsBoundToAKeySaysSo() {
        assertThat(active().isBound()).isFalse();
        jwt.put("cnf", Map.of("jkt", "x"));
        assertThat(active().isBound()).isTrue();
    }

    private void agentsOwn(String subject) {
        jwt.remove("gis");
        jwt.put("sub", subject);
        jwt.put("client_id", "blueprint");
        jwt.put("sub_profile", "hosted_delegated");
        jwt.put("client_profile", "ai_agent hosted_delegated");
        jwt.put("act", Map.of("sub", "blueprint", "sub_profile", "hosted_delegated"));
    }

    @Test
    void doesWithoutAStoreOfTokens() {
        assertThat(introspector(Optional.empty())
                        .introspect(TOKEN, PEP)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(TokenState.Active.class);
    }

    private AmTokenIntrospector introspector(Optional<AccessTokenRepository> store) {
        return new AmTokenIntrospector(
                "demo", introspection, subjects, store.map(StoredTokenClients::of), Duration.ofSeconds(2));
    }

    private TokenState introspect() {
        return introspector.introspect(TOKEN, PEP).toCompletableFuture().join();
    }

    private TokenState.Active active() {
        return (TokenState.Active) introspect();
    }
}
