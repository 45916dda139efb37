package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.decision.Outcome.Layer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class ShadowProperties {

    @Property
    void shadowModeNeverLetsThroughWhatTokenOrScopesRefuse(
            @ForAll("cases") DecisionCase one, @ForAll("shadows") AccessSettings shadow) {
        Outcome enforced = one.outcome();
        Outcome shadowed = one.withSettings(shadow).outcome();
        boolean isRefusedByPermission =
                enforced instanceof Outcome.Refused refused && refused.layers().contains(Layer.PERMISSION);
        if (!isRefusedByPermission) {
            assertThat(shadowed).isEqualTo(enforced);
        }
        if (shadowed instanceof Outcome.Shadowed through) {
            assertThat(through.layers()).containsExactly(Layer.TOKEN, Layer.SCOPE);
            assertThat(through.refusal()).isEqualTo(enforced.reason());
            assertThat(one.presented()).isTrue();
        } else {
            assertThat(shadowed).isEqualTo(enforced);
        }
        Statistics.collect(shadowed.getClass().getSimpleName());
        Statistics.coverage(coverage ->
                coverage.check(Outcome.Shadowed.class.getSimpleName()).count(count -> count > 0));
    }

    @Property
    void shadowModeOfOneServerLeavesTheOthersAsTheyAre(@ForAll("cases") DecisionCase one) {
        AccessSettings crmAlone = AccessSettings.DEFAULTS.withPermissions(PermissionMode.ENFORCE, Set.of("crm"));
        if (!one.tool().equals("find")) {
            assertThat(one.withSettings(crmAlone).outcome()).isEqualTo(one.outcome());
        }
    }

    @Property
    void shadowModeAsksTheEngineTheSame(@ForAll("cases") DecisionCase one, @ForAll("shadows") AccessSettings shadow) {
        World enforced = one.world();
        enforced.decide(one.pep(), one.question());
        World shadowed = one.withSettings(shadow).world();
        shadowed.decide(one.pep(), one.question());

        assertThat(shadowed.asked).isEqualTo(enforced.asked);
        assertThat(shadowed.log).hasSize(1);
    }

    @Property
    void aBatchAnswersInShadowModeWhatItsSinglesAnswer(
            @ForAll("cases") DecisionCase one, @ForAll("shadows") AccessSettings shadow) {
        DecisionCase asked = one.withSettings(shadow);
        List<EvaluationRequest> questions =
                List.of(asked.question(), World.call(one.askedUser(), "list", Map.of()), asked.question());
        List<Decision> singles = questions.stream()
                .map(question -> asked.world().decide(one.pep(), question).toDecision())
                .toList();
        List<BatchItem> items =
                questions.stream().<BatchItem>map(BatchItem.Question::new).toList();

        assertThat(asked.world()
                        .pipeline()
                        .decideAll(one.pep(), items, BatchSemantic.EXECUTE_ALL)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(singles);
    }

    @Provide
    Arbitrary<DecisionCase> cases() {
        return DecisionCase.any();
    }

    @Provide
    Arbitrary<AccessSettings> shadows() {
        return Arbitraries.of(
                AccessSettings.DEFAULTS.withPermissions(PermissionMode.SHADOW, Set.of()),
                AccessSettings.DEFAULTS.withPermissions(PermissionMode.ENFORCE, Set.of("billing")),
                AccessSettings.DEFAULTS.withPermissions(PermissionMode.ENFORCE, Set.of("billing", "crm")));
    }
}
