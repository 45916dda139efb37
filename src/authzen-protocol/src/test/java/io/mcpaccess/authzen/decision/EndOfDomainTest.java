package io.mcpaccess.authzen.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.model.Domain;
import io.gravitee.am.service.DomainReadService;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.DecisionRecord;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.Pep;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndOfDomainTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DecisionMeters meters = new DecisionMeters(registry, "demo");

    @Test
    void aDeletedDomainLeavesNoMeterAndNoOtherDomainLosesOne() {
        new DecisionMeters(registry, "other").questionsAsked(1);
        decide();

        close(Optional.of(id -> Maybe.empty()));

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("domain"))
                .containsOnly("other");
    }

    @Test
    void aDisabledDomainLeavesNoMeter() {
        decide();

        close(Optional.of(id -> Maybe.just(domain(false))));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aDomainThatIsDeployedAgainGoesOnCounting() {
        meters.questionsAsked(2);

        close(Optional.of(id -> Maybe.just(domain(true))));
        new DecisionMeters(registry, "demo").questionsAsked(3);

        assertThat(registry.get("mcp.access.engine.questions").counter().count())
                .isEqualTo(5);
    }

    @Test
    void aDeploymentThatBeganBeforeTheOldOneEndedIsCounted() {
        DecisionMeters next = new DecisionMeters(registry, "demo");

        close(Optional.empty());
        next.questionsAsked(1);

        assertThat(registry.get("mcp.access.engine.questions").counter().count())
                .isEqualTo(1);
    }

    @Test
    void metersStayWhereAmDoesNotSay() {
        decide();
        int before = registry.getMeters().size();

        close(Optional.of(id -> Maybe.error(new IllegalStateException("database"))));
        close(Optional.of(id -> {
            throw new IllegalStateException("closed");
        }));

        assertThat(registry.getMeters()).hasSize(before);
    }

    private void decide() {
        meters.decided(new DecisionRecord(
                "d1",
                new Pep("agent", Pep.Kind.APPLICATION),
                EvaluationRequest.of(Subject.of("user", "alice"), Action.of("can_call"), Resource.of("tool", "pay")),
                new Outcome.Permitted(List.of()),
                Duration.ofMillis(1)));
    }

    private void close(Optional<DomainReadService> domains) {
        new EndOfDomain("demo-id", domains, meters).close();
    }

    private static Domain domain(boolean enabled) {
        Domain domain = new Domain("demo-id");
        domain.setEnabled(enabled);
        return domain;
    }
}
