package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.ConditionClock.Precedence;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionClockTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:03:04.567Z");
    private static final Map<String, Object> CALLERS = Map.of("current_time", "2020-01-01T00:00:00Z", "amount", 5);

    private boolean needed = true;

    @Test
    void suppliesTheTimeInWholeSeconds() {
        assertThat(context(Precedence.ENGINE, Map.of("amount", 5)))
                .isEqualTo(Map.of("amount", 5, "current_time", "2026-11-28T02:03:04Z"));
    }

    @Test
    void attackACallerThatTurnsTheClockBack() {
        assertThat(context(Precedence.ENGINE, CALLERS)).containsEntry("current_time", "2026-11-28T02:03:04Z");
    }

    @Test
    void attackACallersTimeUnderAModelThatIsNewerThanTheOneSeen() {
        needed = false;
        assertThat(context(Precedence.ENGINE, CALLERS)).containsEntry("current_time", "2026-11-28T02:03:04Z");
    }

    @Test
    void theCallersTimeCountsWhereTheAdministratorSaysSo() {
        assertThat(context(Precedence.CALLER, CALLERS)).isEqualTo(CALLERS);
        assertThat(context(Precedence.CALLER, Map.of())).containsEntry("current_time", "2026-11-28T02:03:04Z");
    }

    @Test
    void suppliesNothingThatTheModelDoesNotWant() {
        needed = false;
        assertThat(context(Precedence.ENGINE, Map.of())).isEmpty();
        assertThat(context(Precedence.CALLER, CALLERS)).isEqualTo(CALLERS);
    }

    @Test
    void anAddressThatIsAPropertyOfTheSubjectIsTheRequestsUnlessTheContextHasOne() {
        Subject subject = new Subject("user", "alice", Map.of("request_ip", "10.0.0.1"));
        needed = false;
        assertThat(mapping(Precedence.ENGINE).map(request(subject, Map.of())).context())
                .isEqualTo(Map.of("subject_request_ip", "10.0.0.1", "request_ip", "10.0.0.1"));
        assertThat(mapping(Precedence.ENGINE)
                        .map(request(subject, Map.of("request_ip", "10.0.0.2")))
                        .context())
                .containsEntry("request_ip", "10.0.0.2");
    }

    @Test
    void attackAnAddressAmongTheArgumentsOfACall() {
        Map<String, Object> chosen = Map.of("request_ip", "10.0.0.1");
        needed = false;
        assertThat(mapping(Precedence.ENGINE)
                        .map(new EvaluationRequest(
                                Subject.of("user", "alice"),
                                new Action("can_call", chosen),
                                new Resource("tool", "pay", chosen),
                                Map.of()))
                        .context())
                .isEqualTo(Map.of("action_request_ip", "10.0.0.1", "resource_request_ip", "10.0.0.1"));
    }

    private Map<String, Object> context(Precedence precedence, Map<String, Object> callers) {
        return mapping(precedence)
                .map(request(Subject.of("user", "alice"), callers))
                .context();
    }

    private CheckMapping mapping(Precedence precedence) {
        return new CheckMapping(Map.of()).withClock(new ConditionClock(() -> needed, () -> NOW, precedence));
    }

    private static EvaluationRequest request(Subject subject, Map<String, Object> context) {
        return new EvaluationRequest(subject, Action.of("can_call"), Resource.of("tool", "pay"), context);
    }

    @Test
    void anAdministratorsQuestionGetsTheTimeUnlessItHasOne() {
        ConditionClock clock = new ConditionClock(() -> true, () -> NOW, ConditionClock.Precedence.ENGINE);

        assertThat(clock.completed(Map.of("amount", 5)))
                .containsEntry("amount", 5)
                .containsKey("current_time");
        assertThat(clock.completed(Map.of("current_time", "2000-01-01T00:00:00Z")))
                .containsExactly(Map.entry("current_time", "2000-01-01T00:00:00Z"));
        assertThat(ConditionClock.none().completed(Map.of())).isEmpty();
    }
}
