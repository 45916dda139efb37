package io.mcpaccess.authzen.pep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.gravitee.am.common.exception.oauth2.InvalidTokenException;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.handler.OAuth2AuthResponse;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.impl.SecretService;
import io.mcpaccess.core.decision.Pep;
import io.reactivex.rxjava3.core.Maybe;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PepAuthenticatorTest {

    private final ClientSyncService applications = mock();
    private final ProtectedResourceSyncService mcpServers = mock();
    private final SecretService secrets = mock();
    private final FakeTokens tokens = new FakeTokens();
    private int offTheEventLoop;
    private final PepAuthenticator authenticator = new PepAuthenticator(
            "demo",
            applications,
            mcpServers,
            secrets,
            tokens,
            new Blocking() {
                @Override
                public <T> CompletionStage<T> run(Callable<T> task) {
                    offTheEventLoop++;
                    try {
                        return CompletableFuture.completedStage(task.call());
                    } catch (Exception e) {
                        return CompletableFuture.failedStage(e);
                    }
                }
            },
            Clock.systemUTC());
    private final Client agent = client("agent");
    private final Client billing = client("billing-mcp");

    @BeforeEach
    void knowTwoClients() {
        when(applications.findByClientId(anyString())).thenReturn(Maybe.empty());
        when(mcpServers.findByClientId(anyString())).thenReturn(Maybe.empty());
        when(applications.findByClientId("agent")).thenReturn(Maybe.just(agent));
        when(mcpServers.findByClientId("billing-mcp")).thenReturn(Maybe.just(billing));
        when(secrets.validateSecret(any(), anyString())).thenReturn(false);
        when(secrets.validateSecret(agent, "s")).thenReturn(true);
        when(secrets.validateSecret(billing, "s2")).thenReturn(true);
    }

    @Test
    void takesAnApplicationWithItsSecret() {
        assertThat(authenticate(basic("agent:s")).pep()).isEqualTo(new Pep("agent", Pep.Kind.APPLICATION));
    }

    @Test
    void takesAnMcpServerWithItsSecret() {
        assertThat(authenticate(basic("billing-mcp:s2")).pep()).isEqualTo(new Pep("billing-mcp", Pep.Kind.MCP_SERVER));
    }

    @Test
    void comparesHashesOffTheEventLoop() {
        authenticate(basic("agent:s"));
        assertThat(offTheEventLoop).isEqualTo(1);
    }

    @Test
    void paysForAHashOnceWhileNothingChanges() {
        authenticate(basic("agent:s"));
        authenticate(basic("agent:s"));
        assertThat(offTheEventLoop).isEqualTo(1);
        agent.getClientSecrets().get(0).setSecret("rotated");
        when(secrets.validateSecret(agent, "s")).thenReturn(false);
        refused(basic("agent:s"));
    }

    @Test
    void neverRemembersAWrongSecret() {
        refused(basic("agent:wrong"));
        refused(basic("agent:wrong"));
        assertThat(offTheEventLoop).isEqualTo(2);
    }

    @Test
    void refusesAWrongSecretAndNamesTheClientForTheAudit() {
        PepRefusedException refused = refused(basic("agent:wrong"));
        assertThat(refused.client()).contains(agent);
        assertThat(refused.challenges()).containsExactly("Basic realm=\"gravitee-io\"");
    }

    @Test
    void refusesAnUnknownClientInTheSameWords() {
        PepRefusedException refused = refused(basic("nobody:s"));
        assertThat(refused.client()).isEmpty();
        assertThat(refused).hasMessage(refused(basic("agent:wrong")).getMessage());
    }

    @Test
    void refusesADisabledClient() {
        agent.setEnabled(false);
        refused(basic("agent:s"));
    }

    @Test
    void refusesATemplate() {
        agent.setTemplate(true);
        refused(basic("agent:s"));
    }

    @Test
    void refusesAClientOfAnotherDomain() {
        agent.setDomain("other");
        refused(basic("agent:s"));
    }

    @Test
    void comparesASinglePlainSecretItself() {
        agent.setClientSecrets(List.of());
        agent.setClientSecret("plain");
        assertThat(authenticate(basic("agent:plain")).pep().clientId()).isEqualTo("agent");
        refused(basic("agent:plainer"));
        verify(secrets, never()).validateSecret(any(), anyString());
    }

    @Test
    void refusesAPublicClientWhateverItSends() {
        agent.setClientSecrets(null);
        agent.setClientSecret(null);
        refused(basic("agent:x"));
        agent.setClientSecret("");
        refused(basic("agent:"));
    }

    @Test
    void asksForBothSchemesWhereThereAreNoCredentials() {
        assertThat(refused(null).challenges())
                .containsExactly("Bearer realm=\"gravitee-io\"", "Basic realm=\"gravitee-io\"");
    }

    @Test
    void takesAClientsOwnToken() {
        tokens.valid("t", agent, ownToken("agent"));
        assertThat(authenticate("Bearer t").pep()).isEqualTo(new Pep("agent", Pep.Kind.APPLICATION));
    }

    @Test
    void takesAnMcpServersOwnToken() {
        tokens.valid("t", billing, ownToken("billing-mcp"));
        assertThat(authenticate("Bearer t").pep().kind()).isEqualTo(Pep.Kind.MCP_SERVER);
    }

    @Test
    void refusesAUsersToken() {
        JWT token = ownToken("agent");
        token.put("sub", "a-user");
        tokens.valid("t", agent, token);
        assertThat(refused("Bearer t").challenges())
                .containsExactly("Bearer realm=\"gravitee-io\", error=\"invalid_token\"");
    }

    @Test
    void refusesATokenWithAnInternalSubject() {
        JWT token = ownToken("agent");
        token.put("gis", "idp:agent");
        tokens.valid("t", agent, token);
        refused("Bearer t");
    }

    @Test
    void refusesAClientsTokenForAnMcpServer() {
        JWT token = ownToken("agent");
        token.put("aud", "https://billing.example/mcp");
        tokens.valid("t", agent, token);
        refused("Bearer t");
    }

    @Test
    void refusesATokenOfAnotherDomain() {
        JWT token = ownToken("agent");
        token.put("domain", "other");
        tokens.valid("t", agent, token);
        refused("Bearer t");
    }

    @Test
    void refusesATokenBoundToAKey() {
        JWT token = ownToken("agent");
        token.put("cnf", Map.of("jkt", "x"));
        tokens.valid("t", agent, token);
        assertThat(refused("Bearer t").challenges())
                .containsExactly("DPoP realm=\"gravitee-io\", error=\"invalid_token\"", "Basic realm=\"gravitee-io\"");
    }

    @Test
    void takesAnAgentInstancesOwnToken() {
        tokens.valid("t", agent, instanceToken());
        assertThat(authenticate("Bearer t").pep()).isEqualTo(new Pep("agent", Pep.Kind.APPLICATION));
    }

    @Test
    void attack_aUsersTokenThatLooksLikeAnAgentInstances() {
        for (String claim : List.of("sub_profile", "client_profile")) {
            JWT token = instanceToken();
            token.remove(claim);
            tokens.valid("t", agent, token);
            refused("Bearer t");
        }
        for (Map.Entry<String, Object> claim : Map.<String, Object>of(
                        "gis", "idp:1", "client_id", "other", "client_profile", "web_app", "aud", "http://h/mcp")
                .entrySet()) {
            JWT token = instanceToken();
            token.put(claim.getKey(), claim.getValue());
            tokens.valid("t", agent, token);
            refused("Bearer t");
        }
    }

    private static JWT instanceToken() {
        return new JWT(Map.of(
                "sub", "instance-1",
                "aud", "agent",
                "domain", "demo",
                "client_id", "agent",
                "sub_profile", "hosted_delegated",
                "client_profile", "ai_agent hosted_delegated",
                "act", Map.of("sub", "agent", "sub_profile", "hosted_delegated")));
    }

    @Test
    void refusesATokenThatAmRefuses() {
        refused("Bearer unknown");
    }

    @Test
    void refusesATokenOfAClientThatIsDisabled() {
        agent.setEnabled(false);
        tokens.valid("t", agent, ownToken("agent"));
        refused("Bearer t");
    }

    private AuthenticatedClient authenticate(String header) {
        return authenticator
                .authenticate(header, "192.0.2.1")
                .toCompletableFuture()
                .join();
    }

    private PepRefusedException refused(String header) {
        Throwable thrown = catchThrowable(() -> authenticate(header));
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(PepRefusedException.class);
        return (PepRefusedException) thrown.getCause();
    }

    private static Client client(String id) {
        ClientSecret secret = new ClientSecret();
        Client client = new Client();
        client.setId(id + "-id");
        client.setClientId(id);
        client.setDomain("demo");
        client.setClientSecrets(List.of(secret));
        return client;
    }

    private static JWT ownToken(String client) {
        return new JWT(Map.of("sub", client, "aud", client, "domain", "demo"));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** AM's verification of bearer tokens, with the tokens that a test lets it know. */
    private static final class FakeTokens implements OAuth2AuthProvider {

        private final Map<String, OAuth2AuthResponse> known = new java.util.HashMap<>();

        private void valid(String token, Client client, JWT jwt) {
            known.put(token, new OAuth2AuthResponse(jwt, client));
        }

        @Override
        public void decodeToken(
                String token, boolean offlineVerification, Handler<AsyncResult<OAuth2AuthResponse>> handler) {
            handler.handle(
                    known.containsKey(token)
                            ? Future.succeededFuture(known.get(token))
                            : Future.failedFuture(new InvalidTokenException("The token is invalid")));
        }
    }
}
