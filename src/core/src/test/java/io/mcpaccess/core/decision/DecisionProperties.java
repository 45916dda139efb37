package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.mcp.McpTool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecisionProperties {

    private static final List<String> SCOPES = List.of("a", "b", "c");
    private static final List<String> USERS = List.of("alice", "bob");
    private static final List<String> TOOLS = List.of("pay", "list", "find", "nobodys");
    private static final List<String> AUDIENCES = List.of(World.BILLING, World.CRM, "https://elsewhere.example");

    /** One state of a domain and one question. */
    record Case(
            Set<String> needed,
            Set<String> held,
            Set<String> audience,
            String tokenUser,
            String askedUser,
            String tool,
            Set<String> permissions,
            boolean presented,
            Pep pep) {

        Case with(Set<String> scopes, Set<String> audiences, Set<String> tuples) {
            return new Case(needed, scopes, audiences, tokenUser, askedUser, tool, tuples, presented, pep);
        }

        World world() {
            World world = new World();
            world.servers.set(
                    0,
                    World.server(
                            "billing",
                            World.BILLING,
                            new McpTool("pay", "", needed, null),
                            new McpTool("list", "", Set.of("a"), null)));
            world.tokens.put("t", World.active(tokenUser, List.copyOf(audience), held, List.of()));
            world.permissions.clear();
            world.permissions.addAll(permissions);
            return world;
        }

        EvaluationRequest question() {
            return World.call(askedUser, tool, presented ? World.with("t") : Map.of());
        }

        Outcome outcome() {
            return world().decide(pep, question());
        }
    }

    @Property
    void fewerScopesAudiencesOrTuplesNeverAllowMore(@ForAll("cases") Case larger, @ForAll("cases") Case other) {
        Case smaller = larger.with(
                intersection(larger.held(), other.held()),
                larger.audience(),
                intersection(larger.permissions(), other.permissions()));
        if (smaller.outcome().isAllowed()) {
            assertThat(larger.outcome().isAllowed()).isTrue();
        }
    }

    @Property
    void aPresentedTokenNeverOpensWhatThePermissionAloneKeepsShut(@ForAll("cases") Case one) {
        if (one.outcome().isAllowed()) {
            assertThat(one.permissions()).contains("user:" + one.askedUser() + " can_call tool:" + one.tool());
        }
    }

    @Property
    void theEngineIsNotAskedUnlessTokenAndScopesPassed(@ForAll("cases") Case one) {
        World world = one.world();
        Outcome outcome = world.decide(one.pep(), one.question());
        boolean refusedBefore =
                outcome instanceof Outcome.Refused refused && !refused.layers().contains(Outcome.Layer.PERMISSION);
        assertThat(world.asked.isEmpty()).isEqualTo(refusedBefore || outcome.reason() == ReasonCode.TOOL_AMBIGUOUS);
        if (one.presented() && outcome.isAllowed()) {
            assertThat(one.held()).containsAll(one.tool().equals("pay") ? one.needed() : Set.of());
            assertThat(one.tokenUser()).isEqualTo(one.askedUser());
        }
    }

    @Property
    void aBatchAnswersWhatItsSinglesAnswer(@ForAll("cases") Case one, @ForAll("cases") Case other) {
        List<EvaluationRequest> questions = List.of(
                one.question(),
                World.call(other.askedUser(), other.tool(), Map.of()),
                World.call(other.askedUser(), other.tool(), World.with("t")));
        List<Decision> singles = new ArrayList<>();
        questions.forEach(
                question -> singles.add(one.world().decide(one.pep(), question).toDecision()));

        List<Decision> batch = one.world()
                .pipeline()
                .decideAll(
                        one.pep(),
                        questions.stream()
                                .<BatchItem>map(BatchItem.Question::new)
                                .toList(),
                        BatchSemantic.EXECUTE_ALL)
                .toCompletableFuture()
                .join();
        assertThat(batch).isEqualTo(singles);
    }

    @Property
    void everyDecisionIsTakenDownExactlyOnce(@ForAll("cases") Case one) {
        World world = one.world();
        Outcome outcome = world.decide(one.pep(), one.question());
        assertThat(world.log).hasSize(1);
        assertThat(world.log.get(0).outcome()).isEqualTo(outcome);
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Set<String>> scopes = Arbitraries.subsetOf(SCOPES);
        Arbitrary<Set<String>> permissions = Arbitraries.subsetOf(USERS.stream()
                .flatMap(user -> TOOLS.stream().map(tool -> "user:" + user + " can_call tool:" + tool))
                .toList());
        return Combinators.combine(
                        scopes,
                        scopes,
                        Arbitraries.subsetOf(AUDIENCES),
                        Arbitraries.of(USERS),
                        Arbitraries.of(USERS),
                        Arbitraries.of(TOOLS),
                        permissions,
                        Arbitraries.of(true, false))
                .flatAs((needed, held, audience, tokenUser, askedUser, tool, tuples, presented) -> Arbitraries.of(
                                World.BILLING_SERVER, World.CRM_SERVER, World.GATEWAY)
                        .map(pep ->
                                new Case(needed, held, audience, tokenUser, askedUser, tool, tuples, presented, pep)));
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
