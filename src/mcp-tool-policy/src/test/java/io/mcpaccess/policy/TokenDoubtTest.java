package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.service.AuditService;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.policy.am.Refusal;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where nothing can be decided, {@code observe} lets pass and the other modes refuse. */
class TokenDoubtTest {

    private static final String DENIED = Refusal.NO_CALLABLE_TOOL.key();
    private static final String DOUBT = Refusal.DOUBT.key();

    private final Flow flow = new Flow();

    @ParameterizedTest
    @CsvSource({"observe, ''", "reject, mcp_tool_access_unavailable", "narrow, mcp_tool_access_unavailable"})
    void withoutAnEngineOnlyObservePasses(String mode, String end) throws Exception {
        flow.run(TokenStepTest.policy(mode));

        assertThat(flow.chain.ends()).containsExactly(end);
        assertThat(flow.audits).hasSize(1);
        assertThat(flow.audits.get(0).toString()).contains("engine_not_configured");
    }

    @ParameterizedTest
    @CsvSource({"observe, ''", "reject, mcp_tool_access_unavailable", "narrow, mcp_tool_access_unavailable"})
    void toolsThatAreNotLoadedAreADoubtAndNotNoTools(String mode, String end) throws Exception {
        flow.resources.get(0).setFeatures(null);

        flow.engine(Engines.ours(question -> true)).run(TokenStepTest.policy(mode));

        assertThat(flow.chain.ends()).containsExactly(end);
        assertThat(flow.audits.get(0).toString()).contains("tools_not_loaded");
    }

    @ParameterizedTest
    @CsvSource({"observe, ''", "reject, mcp_tool_access_unavailable", "narrow, mcp_tool_access_unavailable"})
    void anEngineThatNeverAnswersTimesOutAndALateAnswerIsDropped(String mode, String end) throws Exception {
        CompletableFuture<List<Decision>> late = new CompletableFuture<>();

        flow.engine(Engines.ours(AccessSettings.DEFAULTS, questions -> late))
                .run(TokenStepTest.policy(mode, "timeoutMs", 50));
        late.complete(List.of(new Decision(true, Map.of())));

        assertThat(flow.chain.ends()).containsExactly(end);
        assertThat(flow.audits).hasSize(1);
    }

    @Test
    void refusesWhenTheEngineSaysThatItIsUnavailable() throws Exception {
        flow.engine(Engines.ours(
                        AccessSettings.DEFAULTS,
                        questions -> CompletableFuture.completedFuture(
                                List.of(new Decision(false, Map.of("reason_code", "engine_unavailable"))))))
                .run(TokenStepTest.policy("narrow"));

        assertThat(flow.chain.ends()).containsExactly(DOUBT);
    }

    @Test
    void refusesWhenTheEngineFailsOrThrowsOrAnswersTooFew() throws Exception {
        List<Maybe<AuthorizationEngineProvider>> broken = List.of(
                Maybe.error(new IllegalStateException("two engines")),
                Engines.ours(AccessSettings.DEFAULTS, questions -> CompletableFuture.failedFuture(new Error("boom"))),
                Engines.ours(AccessSettings.DEFAULTS, questions -> {
                    throw new IllegalStateException("boom");
                }),
                Engines.ours(AccessSettings.DEFAULTS, questions -> CompletableFuture.completedFuture(List.of())),
                Engines.another(question -> Single.error(new IllegalStateException("boom"))));

        for (Maybe<AuthorizationEngineProvider> engine : broken) {
            Flow each = new Flow().engine(engine).run(TokenStepTest.policy("reject"));
            assertThat(each.chain.ends()).containsExactly(DOUBT);
            assertThat(each.chain.failure().message()).doesNotContain("boom", "engine");
        }
    }

    @Test
    void aGrantOfAUserWithoutTheUserIsADoubt() throws Exception {
        flow.attributes.remove("user");

        flow.engine(Engines.ours(question -> true)).run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly(DOUBT);
    }

    @ParameterizedTest
    @CsvSource({"observe, ''", "reject, mcp_tool_access_unavailable", "narrow, mcp_tool_access_unavailable"})
    void aRequestThatCannotBeReadIsADoubt(String mode, String end) throws Exception {
        Request unreadable = mock(Request.class);

        TokenStepTest.policy(mode).onRequest(unreadable, mock(Response.class), flow.context, flow.chain);

        assertThat(flow.chain.ends()).containsExactly(end);
    }

    @Test
    void aWrongSettingRefuses() throws Exception {
        flow.engine(Engines.ours(question -> true)).run(TokenStepTest.policy("lenient"));

        assertThat(flow.chain.ends()).containsExactly(DOUBT);
    }

    @Test
    void aFailingAuditChangesNothing() throws Exception {
        AuditService failing = mock(AuditService.class);
        doThrow(new IllegalStateException("reporter down")).when(failing).report(any());
        flow.components.put(AuditService.class, failing);

        flow.engine(Engines.ours(question -> false)).run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly(DENIED);
    }

    @Test
    void aManagerThatThrowsIsADoubt() throws Exception {
        AuthorizationEngineManager throwing = mock(AuthorizationEngineManager.class);
        when(throwing.getDefault()).thenThrow(new IllegalStateException("boom"));
        flow.components.put(AuthorizationEngineManager.class, throwing);

        flow.run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly(DOUBT);
    }

    @Test
    void aRequestThatRefusesToBeNarrowedIsRefused() throws Exception {
        doThrow(new UnsupportedOperationException()).when(flow.request).setScopes(Set.of("openid"));

        flow.engine(Engines.ours(question -> false)).run(TokenStepTest.policy("narrow"));

        assertThat(flow.chain.ends()).containsExactly(DOUBT);
    }
}
