package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecisionProperties {

    @Property
    void fewerScopesOrTuplesNeverAllowMore(@ForAll("cases") DecisionCase larger, @ForAll("cases") DecisionCase other) {
        DecisionCase smaller = larger.withScopes(intersection(larger.held(), other.held()))
                .withPermissions(intersection(larger.permissions(), other.permissions()));
        if (smaller.outcome().isAllowed()) {
            assertThat(larger.outcome().isAllowed()).isTrue();
        }
    }

    @Property
    void anOlderTokenOrAYoungerToolNeverAllowsMore(@ForAll("cases") DecisionCase one) {
        if (one.withYoungTool(true).outcome().isAllowed()) {
            assertThat(one.withYoungTool(false).outcome().isAllowed()).isTrue();
        }
    }

    @Property
    void aNarrowerAudienceNeverAllowsMore(@ForAll("cases") DecisionCase larger, @ForAll("cases") DecisionCase other) {
        DecisionCase smaller = larger.withAudience(intersection(larger.audience(), other.audience()));
        if (!smaller.outcome().isAllowed()) {
            return;
        }
        Outcome outcome = larger.outcome();
        // A token for two servers tells an application's question about none; one of them alone is clear.
        boolean unclear = larger.pep().kind() == Pep.Kind.APPLICATION
                && larger.presented()
                && larger.audience().containsAll(Set.of(World.BILLING, World.CRM));
        assertThat(outcome.isAllowed()).isEqualTo(!unclear);
        if (unclear) {
            assertThat(outcome.reason()).isEqualTo(ReasonCode.AUDIENCE_MISMATCH);
        }
    }

    @Property
    void aPresentedTokenNeverOpensWhatThePermissionAloneKeepsShut(@ForAll("cases") DecisionCase one) {
        if (one.outcome().isAllowed()) {
            assertThat(one.permissions()).contains("user:" + one.askedUser() + " can_call tool:" + one.tool());
        }
    }

    @Property
    void theEngineIsNotAskedUnlessTokenAndScopesPassed(@ForAll("cases") DecisionCase one) {
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
    void aBatchAnswersWhatItsSinglesAnswer(@ForAll("cases") DecisionCase one, @ForAll("cases") DecisionCase other) {
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
    void case29_everyDecisionIsTakenDownExactlyOnce(@ForAll("cases") DecisionCase one) {
        World world = one.world();
        Outcome outcome = world.decide(one.pep(), one.question());
        assertThat(world.log).hasSize(1);
        assertThat(world.log.get(0).outcome()).isEqualTo(outcome);
    }

    @Provide
    Arbitrary<DecisionCase> cases() {
        return DecisionCase.any();
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
