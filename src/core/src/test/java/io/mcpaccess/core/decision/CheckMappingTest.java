package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckMappingTest {

    private final CheckMapping mapping = new CheckMapping(CheckMapping.DEFAULT_ALIASES);

    @Test
    void theMcpMethodStandsForTheRelation() {
        PermissionQuestion question = mapping.map(
                EvaluationRequest.of(Subject.of("user", "alice"), Action.of("tools/call"), Resource.of("tool", "pay")));

        assertThat(question.tuple()).isEqualTo(new TupleKey("user:alice", "can_call", "tool:pay"));
    }

    @Test
    void propertiesBecomeContextAndTheRequestsOwnContextWins() {
        PermissionQuestion question = mapping.map(new EvaluationRequest(
                new Subject("user", "alice", Map.of("role", "admin")),
                new Action("write", Map.of("soft", true)),
                new Resource("record", "1", Map.of("status", "active")),
                Map.of("resource_status", "archived")));

        assertThat(question.context())
                .containsOnly(
                        Map.entry("subject_role", "admin"),
                        Map.entry("action_soft", true),
                        Map.entry("resource_status", "archived"));
    }

    @Test
    void theAccessTokenNeverReachesTheEngine() {
        PermissionQuestion question = mapping.map(new EvaluationRequest(
                Subject.of("user", "alice"),
                Action.of("a"),
                Resource.of("tool", "pay"),
                Map.of("access_token", "t0k3n")));

        assertThat(question.context()).isEmpty();
    }

    @Test
    void aUsersetIsRefused() {
        EvaluationRequest smuggled =
                EvaluationRequest.of(Subject.of("tool", "x#can_call"), Action.of("can_call"), Resource.of("tool", "x"));

        assertThatThrownBy(() -> mapping.map(smuggled)).isInstanceOf(InvalidIdentifierException.class);
    }
}
