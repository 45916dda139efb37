package io.mcpaccess.core.decision;

import static io.mcpaccess.core.decision.World.BILLING_SERVER;
import static io.mcpaccess.core.decision.World.CRM_SERVER;
import static io.mcpaccess.core.decision.World.GATEWAY;
import static io.mcpaccess.core.decision.World.call;
import static io.mcpaccess.core.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.decision.Outcome.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShadowModeTest {

    private final World world = new World();

    @BeforeEach
    void shadowEverywhere() {
        world.settings = world.settings.withPermissions(PermissionMode.SHADOW, Set.of());
    }

    @Test
    void isNeverTheDefault() {
        assertThat(AccessSettings.DEFAULTS.permissionMode()).isEqualTo(PermissionMode.ENFORCE);
        assertThat(AccessSettings.DEFAULTS.shadowServers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERMISSION_DENIED", "CONDITION_MISSING", "MODEL_MISMATCH"})
    void whatTheEngineRefusesIsLetThroughAndSaid(ReasonCode reason) {
        world.otherwise = new PermissionAnswer.NotHeld(reason);

        Decision answer =
                world.decide(BILLING_SERVER, call("alice", "list", with("t"))).toDecision();

        assertThat(answer.decision()).isTrue();
        assertThat(answer.context())
                .isEqualTo(Map.of(
                        "reason_code", "shadowed",
                        "layers", List.of("token", "scope"),
                        "shadow", Map.of("reason_code", reason.wireName())));
        assertThat(world.log)
                .singleElement()
                .extracting(DecisionRecord::outcome)
                .isEqualTo(new Outcome.Shadowed(reason, List.of(Layer.TOKEN, Layer.SCOPE), false));
    }

    @Test
    void whatTheEnginePermitsIsPermittedAsEver() {
        assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("t"))))
                .isEqualTo(new Outcome.Permitted(List.of(Layer.TOKEN, Layer.SCOPE, Layer.PERMISSION)));
    }

    @ParameterizedTest
    @EnumSource(names = {"ENGINE_UNAVAILABLE", "ENGINE_NOT_CONFIGURED"})
    void withoutAnAnswerOfTheEngineNothingIsLetThrough(ReasonCode reason) {
        world.otherwise = new PermissionAnswer.NoAnswer(reason);

        assertThat(world.decide(BILLING_SERVER, call("alice", "list", with("t"))))
                .isInstanceOf(Outcome.Unavailable.class)
                .extracting(Outcome::reason)
                .isEqualTo(reason);
    }

    @Test
    void anAnswerThatIsMissingBehindARefusalLetsNothingThrough() {
        world.parties(true, false);
        shadowEverywhere();
        PermissionPlan plan = new PermissionPlan(
                List.of(
                        new PermissionPlan.Requirement(
                                List.of(call("app", "list", Map.of())), Optional.of(ReasonCode.CLIENT_NOT_ALLOWED)),
                        new PermissionPlan.Requirement(List.of(call("alice", "list", Map.of())), Optional.empty())),
                List.of(Layer.TOKEN, Layer.SCOPE),
                true);

        assertThat(plan.outcome(question -> question.subject().id().equals("app")
                        ? new PermissionAnswer.NotHeld(ReasonCode.PERMISSION_DENIED)
                        : new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE)))
                .isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void anIdentifierThatIsNotPutBeforeTheEngineIsRefused() {
        world.otherwise = new PermissionAnswer.NotHeld(ReasonCode.INVALID_IDENTIFIER);

        assertRefused(BILLING_SERVER, call("alice", "list", with("t")), ReasonCode.INVALID_IDENTIFIER);
    }

    @Test
    void whatClientAndAgentLackIsTheEnginesAnswerTooAndRecorded() {
        world.parties(true, true);
        shadowEverywhere();
        world.tokens.put("acted", World.active("alice", List.of(World.BILLING), scopes(), List.of("bot")));

        assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("acted"))))
                .isEqualTo(
                        new Outcome.Shadowed(ReasonCode.CLIENT_NOT_ALLOWED, List.of(Layer.TOKEN, Layer.SCOPE), false));
        world.permit("application:agent-app can_use tool:pay");
        assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("acted"))))
                .isEqualTo(new Outcome.Shadowed(ReasonCode.ACTOR_DENIED, List.of(Layer.TOKEN, Layer.SCOPE), false));
    }

    @Test
    void aClientThatIsNotKnownAndAChainThatIsTooLongAreRefusedUnasked() {
        world.parties(true, true);
        shadowEverywhere();
        world.tokens.put(
                "unknown",
                new TokenState.Active(
                        new TokenHolder.User("alice", Optional.empty()),
                        "sub",
                        Optional.empty(),
                        List.of(World.BILLING),
                        scopes(),
                        World.ISSUED,
                        List.of()));
        world.tokens.put(
                "long", World.active("alice", List.of(World.BILLING), scopes(), List.of("a", "b", "c", "d", "e")));
        world.permit("application:agent-app can_use tool:pay");

        assertRefused(BILLING_SERVER, call("alice", "pay", with("unknown")), ReasonCode.CLIENT_NOT_ALLOWED);
        assertRefused(BILLING_SERVER, call("alice", "pay", with("long")), ReasonCode.ACTOR_DENIED);
    }

    @Test
    void everyLayerBeforeThePermissionHolds() {
        world.token("scopeless", "alice", World.BILLING, "invoices:read");
        world.token("crm", "alice", World.CRM);

        assertRefused(BILLING_SERVER, call("alice", "list", with("garbage")), ReasonCode.TOKEN_INACTIVE);
        assertRefused(BILLING_SERVER, call("alice", "list", with("crm")), ReasonCode.AUDIENCE_MISMATCH);
        assertRefused(BILLING_SERVER, call("bob", "list", with("t")), ReasonCode.SUBJECT_MISMATCH);
        assertRefused(BILLING_SERVER, call("alice", "pay", with("scopeless")), ReasonCode.SCOPE_MISSING);
        assertRefused(BILLING_SERVER, call("alice", "nobodys", with("t")), ReasonCode.TOOL_UNKNOWN);
        assertRefused(CRM_SERVER, call("alice", "list", Map.of()), ReasonCode.CALLER_NOT_ALLOWED);
    }

    @Test
    void withNeitherTokenNorScopesThePermissionHolds() {
        assertRefused(GATEWAY, call("alice", "list", Map.of()), ReasonCode.PERMISSION_DENIED);
        assertRefused(BILLING_SERVER, call("alice", "list", Map.of()), ReasonCode.PERMISSION_DENIED);
    }

    @Test
    void whatIsNoToolOfARegisteredServerIsNotLetThrough() {
        assertRefused(GATEWAY, call("alice", "nobodys", Map.of()), ReasonCode.PERMISSION_DENIED);
        EvaluationRequest document =
                EvaluationRequest.of(Subject.of("user", "alice"), Action.of("read"), Resource.of("document", "1"));
        assertRefused(GATEWAY, document, ReasonCode.PERMISSION_DENIED);
    }

    @Test
    void scopesThatAnMcpServerVouchesForAreALayerThatHolds() {
        assertThat(world.decide(BILLING_SERVER, call("alice", "list", Map.of("scope", "invoices:read"))))
                .isEqualTo(new Outcome.Shadowed(ReasonCode.PERMISSION_DENIED, List.of(Layer.SCOPE), false));
        assertRefused(BILLING_SERVER, call("alice", "list", Map.of("scope", "x")), ReasonCode.SCOPE_MISSING);
    }

    @Test
    void aToolThatTwoServersShareIsRefusedUnasked() {
        world.servers.set(1, World.server("crm", World.CRM, World.tool("list")));

        assertRefused(BILLING_SERVER, call("alice", "list", with("t")), ReasonCode.TOOL_AMBIGUOUS);
    }

    @Test
    void oneServerCanBeShadowedAlone() {
        world.settings = AccessSettings.DEFAULTS.withPermissions(PermissionMode.ENFORCE, Set.of("crm"));
        world.token("crm", "alice", World.CRM);

        assertRefused(BILLING_SERVER, call("alice", "list", with("t")), ReasonCode.PERMISSION_DENIED);
        assertThat(world.decide(CRM_SERVER, call("alice", "find", with("crm")))).isInstanceOf(Outcome.Shadowed.class);
    }

    @Test
    void anAnswerThatWasRememberedSaysSo() {
        world.otherwise = new PermissionAnswer.NotHeld(ReasonCode.PERMISSION_DENIED, true);

        assertThat(world.decide(BILLING_SERVER, call("alice", "list", with("t")))
                        .toDecision()
                        .context())
                .containsEntry("reason_code", "shadowed")
                .containsEntry("remembered", true);
    }

    @Test
    void aBatchGoesOnPastWhatWasLetThrough() {
        List<BatchItem> items = List.of(
                new BatchItem.Question(call("alice", "list", with("t"))),
                new BatchItem.Question(call("bob", "list", with("t"))),
                new BatchItem.Question(call("alice", "pay", with("t"))));

        List<Decision> decisions = world.pipeline()
                .decideAll(BILLING_SERVER, items, BatchSemantic.DENY_ON_FIRST_DENY)
                .toCompletableFuture()
                .join();

        assertThat(decisions)
                .extracting(decision -> decision.context().get("reason_code"))
                .containsExactly("shadowed", "subject_mismatch");
    }

    @Test
    void noEngineCanClaimToBeShadowed() {
        assertThat(PermissionAnswer.of(new Decision(false, Map.of("reason_code", "shadowed"))))
                .isEqualTo(new PermissionAnswer.NotHeld(ReasonCode.PERMISSION_DENIED));
    }

    private void assertRefused(Pep pep, EvaluationRequest request, ReasonCode reason) {
        Outcome outcome = world.decide(pep, request);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome.reason()).isEqualTo(reason);
    }

    private static Set<String> scopes() {
        return Set.of("invoices:read", "invoices:write");
    }
}
