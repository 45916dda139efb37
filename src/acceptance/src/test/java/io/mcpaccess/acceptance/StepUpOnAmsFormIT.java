package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.client.UserAgent.Authorization;
import io.mcpaccess.acceptance.client.UserAgent.Tokens;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The policy's steps with AM's own consent page, which knows scopes alone. */
class StepUpOnAmsFormIT {

    private static final String CLINIC = "https://clinic.example.com/mcp";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("ann", "ben", "cleo", "dan")
                .application("agent")
                .server(
                        "clinic",
                        CLINIC,
                        Tool.of("read_chart", "chart:read"),
                        Tool.of("write_prescription", "rx:write"))
                .policy("observe")
                .formOfAm());
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void aStepUpAsksForWhatIsNewOnceAndEnds() {
        UserAgent ann = user("ann");
        assertThat(ann.signIn("chart:read").scopes()).containsExactly("chart:read");

        Authorization stepUp = ann.approve("chart:read rx:write");
        Tokens tokens = ann.swap(stepUp);

        assertThat(stepUp.page())
                .contains("scope.rx:write")
                .doesNotContain("scope.chart:read", "mcp_shown", "write_prescription");
        assertThat(tokens.scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
        assertThat(ann.refresh(tokens).scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
        assertThat(ann.approve("chart:read rx:write").page()).as("asked once").isEmpty();
    }

    @Test
    void promptConsentShowsAllAgainAndEnds() {
        UserAgent ben = user("ben");
        ben.signIn("chart:read");

        Authorization again = ben.authorize("chart:read rx:write", Map.of("prompt", "consent"), UserAgent::approving);

        assertThat(again.page()).contains("scope.chart:read", "scope.rx:write");
        assertThat(ben.swap(again).scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
        assertThat(ben.approve("chart:read rx:write").page()).isEmpty();
    }

    @Test
    void whoRefusesMoreKeepsWhatHeHad() {
        UserAgent cleo = user("cleo");
        Tokens tokens = cleo.signIn("chart:read");

        Authorization refused = cleo.refuse("chart:read rx:write");

        assertThat(refused.parameter("error")).isEqualTo("access_denied");
        assertThat(cleo.refresh(tokens).scopes()).containsExactly("chart:read");
        assertThat(cleo.approve("chart:read").page()).isEmpty();
        assertThat(cleo.approve("rx:write").page()).contains("scope.rx:write");
    }

    @Test
    void aScopeThatOnlyTheAnswerNamesIsAskedForAllTheSame() {
        UserAgent dan = user("dan");
        Authorization forged = dan.authorize("chart:read", Map.of(), fields -> {
            fields.put("scope.rx:write", "true");
            return UserAgent.approving(fields);
        });

        assertThat(dan.swap(forged).scopes()).containsExactly("chart:read");
        assertThat(dan.approve("rx:write").page()).as("asked").contains("scope.rx:write");
    }

    private static UserAgent user(String name) {
        return domain.user(name, "agent", CLINIC);
    }
}
