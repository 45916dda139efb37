package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubjectRuleTest {
    @Test
    void takesTheUsersName() {
        assertThat(SubjectRule.username().subjectOf(token("alice", "x1", "agent")))
                .contains("alice");
    }

    @Test
    void takesTheClientWhereThereIsNoUser() {
        assertThat(SubjectRule.username().subjectOf(token(null, "agent", "https://b.example/mcp")))
                .contains("agent");
        assertThat(SubjectRule.username().subjectOf(token(null, null, "agent"))).contains("agent");
    }

    @Test
    void takesTheSubWhenAskedTo() {
        assertThat(SubjectRule.sub().subjectOf(token("alice", "x1", "agent"))).contains("x1");
        assertThat(SubjectRule.sub().subjectOf(token("alice", null, "agent"))).isEmpty();
    }

    private static ActiveToken token(String username, String sub, String clientId) {
        return new ActiveToken(
                username == null ? CallerKind.APPLICATION : CallerKind.USER,
                Optional.ofNullable(username),
                Optional.ofNullable(sub),
                Optional.ofNullable(clientId),
                Optional.empty(),
                Set.of(),
                List.of(),
                Confirmation.none(),
                Optional.empty());
    }
}
