package io.mcpaccess.core.decision;

import static io.mcpaccess.core.decision.World.BILLING;
import static io.mcpaccess.core.decision.World.BILLING_SERVER;
import static io.mcpaccess.core.decision.World.GATEWAY;
import static io.mcpaccess.core.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, applications and agents of one name are three parties, however the domain names its users. */
class TokenHoldersTest {

    private static final Set<String> SCOPES = Set.of("invoices:write");

    private final World world = new World();

    @ParameterizedTest
    @EnumSource(SubjectName.class)
    void attack_anApplicationCalledLikeAUserAsksForThatUser(SubjectName names) {
        name(names);
        world.tokens.put("plain", own(new TokenHolder.Application(), "plain", "plain", Optional.empty()));
        permitAll("plain");

        assertOnlyFor("application", "plain", "plain");
    }

    @ParameterizedTest
    @EnumSource(SubjectName.class)
    void attack_anAgentThatNamesAUserAsItsInstanceAsksForThatUser(SubjectName names) {
        name(names);
        world.tokens.put("rosa", own(new TokenHolder.Agent(), "rosa", "blueprint", Optional.of("rosa")));
        permitAll("rosa");

        assertThat(decide("user", "rosa", "rosa")).isEqualTo(ReasonCode.SUBJECT_MISMATCH);
        assertThat(decide("application", "rosa", "rosa")).isEqualTo(ReasonCode.SUBJECT_MISMATCH);
        assertThat(decide("agent", "rosa", "rosa"))
                .as("permissions name the blueprint")
                .isEqualTo(ReasonCode.PERMISSION_DENIED);
    }

    @ParameterizedTest
    @EnumSource(SubjectName.class)
    void attack_aUserCalledLikeAnApplicationOrAgentAsksForThat(SubjectName names) {
        name(names);
        world.token("t", "plain", BILLING, "invoices:write");
        permitAll("plain");
        permitAll("sub-of-plain");
        permitAll("ldap/plain");
        String name = switch (names) {
            case USERNAME -> "plain";
            case SUB -> "sub-of-plain";
            case SOURCE_USERNAME -> "ldap/plain";
        };

        assertOnlyFor("user", name, "t");
    }

    @Test
    void anAgentIsItsBlueprintUnlessTheDomainNamesInstances() {
        world.tokens.put("t", own(new TokenHolder.Agent(), "instance-1", "blueprint", Optional.of("instance-1")));
        world.permit("agent:blueprint can_call tool:pay");

        for (String name : List.of("blueprint", "instance-1")) {
            assertThat(decide("agent", name, "t")).isEqualTo(ReasonCode.PERMITTED);
        }
        assertThat(decide("agent", "instance-2", "t")).isEqualTo(ReasonCode.SUBJECT_MISMATCH);

        world.settings = world.settings.withTokens(AgentSubject.INSTANCE, BoundTokens.PEP_PROVED);
        assertThat(decide("agent", "blueprint", "t")).isEqualTo(ReasonCode.PERMISSION_DENIED);
        world.permit("agent:instance-1 can_call tool:pay");
        assertThat(decide("agent", "blueprint", "t")).isEqualTo(ReasonCode.PERMITTED);
    }

    @Test
    void anAgentWhoseBlueprintIsNotKnownIsNobody() {
        world.tokens.put(
                "t",
                new TokenState.Active(
                        new TokenHolder.Agent(),
                        "instance-1",
                        Optional.empty(),
                        List.of(BILLING),
                        SCOPES,
                        World.ISSUED,
                        List.of(),
                        Optional.of("instance-1"),
                        false));
        permitAll("instance-1");

        assertThat(decide("agent", "instance-1", "t")).isEqualTo(ReasonCode.SUBJECT_MISMATCH);
    }

    @Test
    void inTheShapeOfCoazTheTokenSaysWhatItsSubjectIs() {
        world.tokens.put("app", own(new TokenHolder.Application(), "plain", "plain", Optional.empty()));
        world.tokens.put("bot", own(new TokenHolder.Agent(), "instance-1", "blueprint", Optional.of("instance-1")));
        for (String method : List.of("tools/call", "prompts/get")) {
            Resource resource = method.equals("tools/call") ? Resource.of("tool", "pay") : Resource.of("prompt", "pay");
            world.asked.clear();
            world.decide(BILLING_SERVER, question("identity", "plain", method, resource, with("app")));
            world.decide(BILLING_SERVER, question("identity", "instance-1", method, resource, with("bot")));

            assertThat(world.asked)
                    .extracting(asked -> asked.subject().toString())
                    .containsExactly("application:plain", "agent:blueprint");
        }
    }

    @Test
    void theAgentThatActsForAUserIsNamedAsTheDomainNamesAgents() {
        world.parties(false, true);
        world.tokens.put(
                "t",
                new TokenState.Active(
                        new TokenHolder.User("alice", Optional.empty()),
                        "sub",
                        Optional.of("blueprint"),
                        List.of(BILLING),
                        SCOPES,
                        World.ISSUED,
                        List.of("instance-1", "planner"),
                        Optional.of("instance-1"),
                        false));
        world.permit("agent:planner can_call tool:pay");
        world.permit("agent:blueprint can_call tool:pay");

        assertThat(decide("user", "alice", "t")).isEqualTo(ReasonCode.PERMITTED);
        world.settings = world.settings.withTokens(AgentSubject.INSTANCE, BoundTokens.PEP_PROVED);
        assertThat(decide("user", "alice", "t")).isEqualTo(ReasonCode.ACTOR_DENIED);
        world.permit("agent:instance-1 can_call tool:pay");
        assertThat(decide("user", "alice", "t")).isEqualTo(ReasonCode.PERMITTED);
    }

    @Test
    void anAgentActsForItselfWithItsOwnToken() {
        world.parties(false, true);
        world.tokens.put(
                "t",
                new TokenState.Active(
                        new TokenHolder.Agent(),
                        "instance-1",
                        Optional.of("blueprint"),
                        List.of(BILLING),
                        SCOPES,
                        World.ISSUED,
                        List.of("blueprint"),
                        Optional.of("instance-1"),
                        false));
        world.permit("agent:blueprint can_call tool:pay");

        assertThat(decide("agent", "blueprint", "t")).isEqualTo(ReasonCode.PERMITTED);
    }

    @Test
    void attack_aStolenBoundTokenIsPresentedWithoutItsKey() {
        world.tokens.put("bound", bound());

        for (Map<String, Object> context : List.<Map<String, Object>>of(
                with("bound"),
                Map.of("access_token", "bound", "access_token_proof_checked", "true"),
                Map.of("access_token", "bound", "access_token_proof_checked", 1))) {
            assertRefusedUnasked(BILLING_SERVER, context);
        }
        assertRefusedUnasked(GATEWAY, Map.of("access_token", "bound", "access_token_proof_checked", true));
    }

    @Test
    void aBoundTokenCountsWhereTheMcpServerCheckedTheProof() {
        world.tokens.put("bound", bound());
        Map<String, Object> context = Map.of("access_token", "bound", "access_token_proof_checked", true);

        assertThat(world.decide(BILLING_SERVER, World.call("alice", "pay", context))
                        .reason())
                .isEqualTo(ReasonCode.PERMITTED);
        assertThat(world.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.context()).isEmpty());

        world.settings = world.settings.withTokens(AgentSubject.BLUEPRINT, BoundTokens.REFUSE);
        world.asked.clear();
        assertRefusedUnasked(BILLING_SERVER, context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"group", "role", "tool", "mcp_server", "USER", "application"})
    void aUsersTokenSpeaksForNoOtherTypeOfSubject(String type) {
        world.permit(type + ":alice can_call tool:pay");

        assertThat(decide(type, "alice", "t")).isEqualTo(ReasonCode.SUBJECT_MISMATCH);
    }

    private void assertRefusedUnasked(Pep pep, Map<String, Object> context) {
        assertThat(world.decide(pep, World.call("alice", "pay", context)).reason())
                .isEqualTo(ReasonCode.TOKEN_INACTIVE);
        assertThat(world.asked).isEmpty();
    }

    private void assertOnlyFor(String type, String name, String token) {
        for (String other : List.of("user", "application", "agent", "identity")) {
            boolean isUsers = type.equals("user") && other.equals("identity");
            assertThat(decide(other, name, token))
                    .as(other)
                    .isEqualTo(
                            other.equals(type)
                                    ? ReasonCode.PERMITTED
                                    : isUsers ? ReasonCode.PERMISSION_DENIED : ReasonCode.SUBJECT_MISMATCH);
        }
    }

    private ReasonCode decide(String type, String name, String token) {
        return world.decide(BILLING_SERVER, question(type, name, "can_call", Resource.of("tool", "pay"), with(token)))
                .reason();
    }

    private static EvaluationRequest question(
            String type, String id, String action, Resource resource, Map<String, Object> context) {
        return new EvaluationRequest(Subject.of(type, id), Action.of(action), resource, context);
    }

    private void permitAll(String name) {
        for (String type : List.of("user", "application", "agent")) {
            world.permit(type + ":" + name + " can_call tool:pay");
        }
    }

    private void name(SubjectName names) {
        AccessSettings d = AccessSettings.DEFAULTS;
        world.settings = new AccessSettings(
                d.scopeCheck(),
                d.unknownTools(),
                d.sharedToolNames(),
                names,
                d.toolObject(),
                false,
                d.clientRelation(),
                false,
                Set.of(),
                d.permissionMode(),
                Set.of(),
                d.agentSubject(),
                d.boundTokens());
    }

    private static TokenState.Active own(TokenHolder holder, String sub, String client, Optional<String> instance) {
        return new TokenState.Active(
                holder, sub, Optional.of(client), List.of(BILLING), SCOPES, World.ISSUED, List.of(), instance, false);
    }

    private static TokenState.Active bound() {
        return new TokenState.Active(
                new TokenHolder.User("alice", Optional.of("ldap")),
                "sub",
                Optional.of("agent-app"),
                List.of(BILLING),
                SCOPES,
                World.ISSUED,
                List.of(),
                Optional.empty(),
                true);
    }
}
