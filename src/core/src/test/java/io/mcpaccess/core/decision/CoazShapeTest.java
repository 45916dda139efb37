package io.mcpaccess.core.decision;

import static io.mcpaccess.core.decision.World.BILLING;
import static io.mcpaccess.core.decision.World.BILLING_SERVER;
import static io.mcpaccess.core.decision.World.CRM;
import static io.mcpaccess.core.decision.World.CRM_SERVER;
import static io.mcpaccess.core.decision.World.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.decision.AccessSettings.ScopeCheck;
import io.mcpaccess.core.decision.AccessSettings.UnknownTools;
import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.mcp.ToolObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions in the shape of COAZ's default mappings. */
class CoazShapeTest {

    private static final List<Layer> ALL = List.of(Layer.TOKEN, Layer.SCOPE, Layer.PERMISSION);

    private final World world = new World();

    /** Every row of the default mappings: method, resource's type and identifier, and the object in permissions. */
    @ParameterizedTest
    @CsvSource({
        "tools/call, tool, pay, tool:pay",
        "tools/list, mcp_server, https://billing.example/mcp, mcp_server:billing",
        "resources/list, mcp_server, https://billing.example/mcp, mcp_server:billing",
        "prompts/list, mcp_server, https://billing.example/mcp, mcp_server:billing",
        "tasks/list, mcp_server, https://billing.example/mcp, mcp_server:billing",
        "initialize, mcp_server, https://billing.example/mcp, mcp_server:billing",
        "logging/setLevel, mcp_server, https://billing.example/mcp, mcp_server:billing",
        "resources/read, resource, file:///a.txt, resource:billing/file:///a.txt",
        "resources/subscribe, resource, file:///a.txt, resource:billing/file:///a.txt",
        "resources/unsubscribe, resource, file:///a.txt, resource:billing/file:///a.txt",
        "prompts/get, prompt, dunning, prompt:billing/dunning",
        "completion/complete, prompt, dunning, prompt:billing/dunning",
        "completion/complete, resource, file:///a.txt, resource:billing/file:///a.txt",
        "tasks/get, task, t-1, task:billing/t-1",
        "tasks/result, task, t-1, task:billing/t-1",
        "tasks/cancel, task, t-1, task:billing/t-1",
    })
    void everyMappedMethodIsAskedAboutAsPermissionsNameIt(String method, String type, String id, String object) {
        for (Pep pep : List.of(BILLING_SERVER, GATEWAY)) {
            world.permissions.clear();
            assertThat(decide(pep, method, type, id).reason()).isEqualTo(ReasonCode.PERMISSION_DENIED);

            world.permit("user:alice " + method + " " + object);
            assertThat(decide(pep, method, type, id)).isEqualTo(new Outcome.Permitted(ALL));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server/discover",
                "subscriptions/listen",
                "tasks/update",
                "resources/templates/list",
                "sampling/createMessage",
                "notifications/cancelled",
                "ping",
                "tools/Call",
                "tools/call/"
            })
    void aMethodWithoutAMappingIsRefusedUnasked(String method) {
        for (String type : List.of("tool", "mcp_server", "resource", "prompt", "task", "record")) {
            world.permit("user:alice " + method + " " + type + ":pay");
            world.permit("identity:sub-of-alice " + method + " " + type + ":pay");
            assertRefusedUnasked(decide(BILLING_SERVER, method, type, "pay"), ReasonCode.METHOD_UNMAPPED);
        }
        assertThat(world.introspected).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tools/call, mcp_server",
        "tools/call, record",
        "tools/list, tool",
        "resources/read, prompt",
        "prompts/get, resource",
        "completion/complete, tool",
        "tasks/get, tool"
    })
    void aMethodAboutAnotherTypeOfResourceHasNoMapping(String method, String type) {
        assertRefusedUnasked(decide(BILLING_SERVER, method, type, "pay"), ReasonCode.METHOD_UNMAPPED);
    }

    @Test
    void aQuestionOfAnotherShapeIsTheDomainsOwn() {
        EvaluationRequest route = EvaluationRequest.of(
                Subject.of("identity", "alice"), Action.of("GET"), Resource.of("route", "/todos/{todoId}"));
        world.permit("identity:alice GET route:/todos/{todoId}");
        EvaluationRequest folder =
                EvaluationRequest.of(Subject.of("user", "alice"), Action.of("files/open"), Resource.of("folder", "1"));
        world.permit("user:alice files/open folder:1");

        assertThat(world.decide(GATEWAY, route).isAllowed()).isTrue();
        assertThat(world.decide(GATEWAY, folder).isAllowed()).isTrue();
    }

    @Test
    void theTokensSubIsItsSubjectAndTheEngineIsAskedWithTheNameOfPermissions() {
        world.permit("user:alice tools/call tool:pay");
        world.permit("user:alice tools/list mcp_server:billing");

        assertThat(world.decide(BILLING_SERVER, question("sub-of-alice", "tools/call", "tool", "pay", "t"))
                        .isAllowed())
                .isTrue();
        assertThat(world.decide(BILLING_SERVER, question("alice", "tools/call", "tool", "pay", "t"))
                        .isAllowed())
                .isTrue();
        assertRefused(
                world.decide(BILLING_SERVER, question("sub-of-bob", "tools/call", "tool", "pay", "t")),
                ReasonCode.SUBJECT_MISMATCH);
        assertRefused(
                world.decide(BILLING_SERVER, question("bob", "tools/list", "mcp_server", BILLING, "t")),
                ReasonCode.SUBJECT_MISMATCH);
    }

    @Test
    void aSubOutsideThisShapeIsSomebodyElse() {
        EvaluationRequest plain = new EvaluationRequest(
                Subject.of("user", "sub-of-alice"),
                Action.of("tools/call"),
                Resource.of("tool", "pay"),
                World.with("t"));

        assertRefused(world.decide(BILLING_SERVER, plain), ReasonCode.SUBJECT_MISMATCH);
    }

    @Test
    void aTokenWithoutANameForPermissionsIsNobodysWhateverItsSub() {
        world.settings = new AccessSettings(
                ScopeCheck.WHEN_PRESENTED,
                UnknownTools.ENGINE,
                AccessSettings.SharedToolNames.DENY,
                AccessSettings.SubjectName.SOURCE_USERNAME,
                ToolObject.UNQUALIFIED,
                false,
                "can_use",
                false,
                Set.of(),
                AccessSettings.PermissionMode.ENFORCE,
                Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
        world.tokens.put(
                "sourceless",
                new TokenState.Active(
                        new TokenHolder.User("alice", Optional.empty()),
                        "sub-of-alice",
                        Optional.empty(),
                        List.of(BILLING),
                        Set.of(),
                        World.ISSUED,
                        List.of()));

        assertRefused(
                world.decide(
                        BILLING_SERVER, question("sub-of-alice", "tools/list", "mcp_server", BILLING, "sourceless")),
                ReasonCode.SUBJECT_MISMATCH);
    }

    @Test
    void theLayersOfTheTokenComeBeforeTheEngine() {
        world.token("crm", "alice", CRM);
        world.token("scopeless", "alice", BILLING);

        assertRefusedUnasked(
                world.decide(BILLING_SERVER, question("sub-of-alice", "prompts/get", "prompt", "p", "garbage")),
                ReasonCode.TOKEN_INACTIVE);
        assertRefusedUnasked(
                world.decide(BILLING_SERVER, question("sub-of-alice", "prompts/get", "prompt", "p", "crm")),
                ReasonCode.AUDIENCE_MISMATCH);
        assertRefusedUnasked(
                world.decide(BILLING_SERVER, question("sub-of-alice", "tools/call", "tool", "pay", "scopeless")),
                ReasonCode.SCOPE_MISSING);
    }

    @Test
    void aTokenForOneServerSaysNothingAboutAnother() {
        world.permit("user:alice tools/list mcp_server:crm");
        world.permit("user:alice tools/list mcp_server:billing");

        for (Pep pep : List.of(BILLING_SERVER, GATEWAY)) {
            assertRefusedUnasked(
                    world.decide(pep, question("sub-of-alice", "tools/list", "mcp_server", CRM, "t")),
                    ReasonCode.AUDIENCE_MISMATCH);
        }
        world.tokens.put("both", World.active("alice", List.of(BILLING, CRM), Set.of(), List.of()));
        assertRefusedUnasked(
                world.decide(GATEWAY, question("sub-of-alice", "tools/list", "mcp_server", CRM, "both")),
                ReasonCode.AUDIENCE_MISMATCH);
    }

    @Test
    void onePromptsPermissionDoesNotOpenAnotherServersPromptOfThatName() {
        world.permit("user:alice prompts/get prompt:billing/welcome");
        world.token("crm", "alice", CRM);

        assertThat(world.decide(BILLING_SERVER, question("sub-of-alice", "prompts/get", "prompt", "welcome", "t"))
                        .isAllowed())
                .isTrue();
        assertRefused(
                world.decide(CRM_SERVER, question("sub-of-alice", "prompts/get", "prompt", "welcome", "crm")),
                ReasonCode.PERMISSION_DENIED);
    }

    @Test
    void withoutATokenAServerAsksAboutItselfAndAnApplicationAboutARegisteredServer() {
        world.permit("user:alice tools/list mcp_server:billing");
        world.permit("user:alice prompts/get prompt:billing/p");

        assertThat(world.decide(BILLING_SERVER, question("alice", "tools/list", "mcp_server", BILLING, Map.of())))
                .isEqualTo(new Outcome.Permitted(List.of(Layer.PERMISSION)));
        assertThat(world.decide(BILLING_SERVER, question("alice", "prompts/get", "prompt", "p", Map.of()))
                        .isAllowed())
                .isTrue();
        assertThat(world.decide(GATEWAY, question("alice", "tools/list", "mcp_server", BILLING, Map.of()))
                        .isAllowed())
                .isTrue();
        world.asked.clear();
        assertRefusedUnasked(
                world.decide(CRM_SERVER, question("alice", "tools/list", "mcp_server", BILLING, Map.of())),
                ReasonCode.CALLER_NOT_ALLOWED);
        assertRefusedUnasked(
                world.decide(
                        GATEWAY, question("alice", "tools/list", "mcp_server", "https://nobody.example", Map.of())),
                ReasonCode.AUDIENCE_MISMATCH);
        assertRefusedUnasked(
                world.decide(GATEWAY, question("alice", "prompts/get", "prompt", "p", Map.of())),
                ReasonCode.TOKEN_REQUIRED);
    }

    @Test
    void aDomainThatWantsTokensWantsThemWithEveryMethod() {
        world.settings(ScopeCheck.REQUIRED, UnknownTools.ENGINE, ToolObject.UNQUALIFIED);

        assertRefusedUnasked(
                world.decide(BILLING_SERVER, question("alice", "tools/list", "mcp_server", BILLING, Map.of())),
                ReasonCode.TOKEN_REQUIRED);
        assertRefusedUnasked(
                world.decide(BILLING_SERVER, question("alice", "tools/call", "tool", "pay", Map.of())),
                ReasonCode.TOKEN_REQUIRED);
    }

    @Test
    void aServerThatIsNotLoadedAsksInVain() {
        world.servers.remove(0);

        assertThat(world.decide(BILLING_SERVER, question("alice", "tools/list", "mcp_server", BILLING, Map.of())))
                .isInstanceOf(Outcome.Unavailable.class);
        assertThat(world.decide(BILLING_SERVER, question("sub-of-alice", "tools/list", "mcp_server", BILLING, "t")))
                .isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void clientAndAgentAreCheckedForEveryMethod() {
        world.parties(true, true);
        world.tokens.put("acted", World.active("alice", List.of(BILLING), Set.of(), List.of("bot")));
        EvaluationRequest get = question("sub-of-alice", "prompts/get", "prompt", "p", "acted");
        world.permit("user:alice prompts/get prompt:billing/p");

        assertRefused(world.decide(BILLING_SERVER, get), ReasonCode.CLIENT_NOT_ALLOWED);
        world.permit("application:agent-app can_use mcp_server:billing");
        assertRefused(world.decide(BILLING_SERVER, get), ReasonCode.ACTOR_DENIED);
        world.permit("agent:bot prompts/get prompt:billing/p");
        assertThat(world.decide(BILLING_SERVER, get).isAllowed()).isTrue();
    }

    @Test
    void shadowModeHoldsForEveryMethodWithATokenAndForNoneWithout() {
        world.settings = world.settings.withPermissions(PermissionMode.SHADOW, Set.of());

        assertThat(decide(BILLING_SERVER, "tools/list", "mcp_server", BILLING)).isInstanceOf(Outcome.Shadowed.class);
        assertThat(world.decide(
                        BILLING_SERVER, question("alice", "tools/list", "mcp_server", BILLING, Map.of("scope", "a"))))
                .isInstanceOf(Outcome.Shadowed.class);
        assertRefused(
                world.decide(BILLING_SERVER, question("alice", "tools/list", "mcp_server", BILLING, Map.of())),
                ReasonCode.PERMISSION_DENIED);
        assertRefused(decide(BILLING_SERVER, "server/discover", "mcp_server", BILLING), ReasonCode.METHOD_UNMAPPED);
    }

    @Test
    void theTokenNeverReachesTheEngineAndTheAgentDoes() {
        Map<String, Object> context = new LinkedHashMap<>(World.with("t"));
        context.put("agent", "agent-app");
        world.decide(BILLING_SERVER, question("sub-of-alice", "prompts/get", "prompt", "p", context));

        assertThat(world.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.context()).isEqualTo(Map.of("agent", "agent-app")));
    }

    @Test
    void aBatchMixesBothShapes() {
        world.permit("user:alice tools/call tool:pay");
        List<BatchItem> items = List.of(
                new BatchItem.Question(question("sub-of-alice", "tools/call", "tool", "pay", "t")),
                new BatchItem.Question(World.call("alice", "pay", World.with("t"))),
                new BatchItem.Question(question("sub-of-alice", "tasks/update", "task", "1", "t")));

        assertThat(world.pipeline()
                        .decideAll(BILLING_SERVER, items, BatchSemantic.EXECUTE_ALL)
                        .toCompletableFuture()
                        .join())
                .extracting(decision -> decision.context().get("reason_code"))
                .containsExactly("permitted", "permitted", "method_unmapped");
    }

    private Outcome decide(Pep pep, String method, String type, String id) {
        return world.decide(pep, question("sub-of-alice", method, type, id, "t"));
    }

    private static EvaluationRequest question(String sub, String method, String type, String id, String token) {
        return question(sub, method, type, id, token == null ? Map.of() : World.with(token));
    }

    private static EvaluationRequest question(
            String sub, String method, String type, String id, Map<String, Object> context) {
        return new EvaluationRequest(Subject.of("identity", sub), Action.of(method), Resource.of(type, id), context);
    }

    private void assertRefusedUnasked(Outcome outcome, ReasonCode reason) {
        assertRefused(outcome, reason);
        assertThat(world.asked).isEmpty();
    }

    private static void assertRefused(Outcome outcome, ReasonCode reason) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome.reason()).isEqualTo(reason);
    }
}
