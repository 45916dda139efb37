package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.client.UserAgent.Authorization;
import io.mcpaccess.acceptance.client.UserAgent.Tokens;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user approves, step by step, with the bundle's form and the policy's steps; a user of its own for each test. */
class StepUpIT {

    private static final String CLINIC = "https://clinic.example.com/mcp";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("ann", "ben", "cleo", "dan", "eve", "fay", "gus", "hal", "ivy", "jan", "kim", "leo")
                .application("agent")
                .application("other")
                .server(
                        "clinic",
                        CLINIC,
                        Tool.of("read_chart", "chart:read"),
                        Tool.of("write_prescription", "rx:write"))
                .server("lab", "https://lab.example.com/mcp", Tool.of("read_result", "lab:read"))
                .policy("observe"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void aStepUpShowsTheNewScopeOnceAndEnds() {
        UserAgent ann = user("ann");
        assertThat(ann.signIn("chart:read").scopes()).containsExactly("chart:read");

        Authorization stepUp = ann.approve("chart:read rx:write");

        assertThat(stepUp.page()).contains("write_prescription");
        assertThat(ann.swap(stepUp).scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
        Authorization again = ann.approve("chart:read rx:write");
        assertThat(again.page()).as("asked once").isEmpty();
        assertThat(ann.swap(again).scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
    }

    @Test
    void whoAsksForLessLaterIsAskedNothingAndMoreIsStillApproved() {
        UserAgent ben = user("ben");
        ben.signIn("chart:read rx:write");

        Authorization less = ben.approve("chart:read");

        assertThat(less.page()).isEmpty();
        assertThat(ben.swap(less).scopes()).containsExactly("chart:read");
        Authorization both = ben.approve("chart:read rx:write");
        assertThat(both.page()).isEmpty();
        assertThat(ben.swap(both).scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
    }

    @Test
    void aRefusedStepUpLeavesWhatWasApproved() {
        UserAgent cleo = user("cleo");
        Tokens before = cleo.signIn("chart:read");

        Authorization refused = cleo.refuse("chart:read rx:write");

        assertThat(refused.parameter("error")).isEqualTo("access_denied");
        assertThat(refused.parameter("code")).isEmpty();
        assertThat(cleo.refresh(before).scopes()).contains("chart:read");
        assertThat(cleo.approve("chart:read").page()).isEmpty();
        assertThat(cleo.refuse("chart:read rx:write").page()).as("asked again").contains("write_prescription");
    }

    @Test
    void promptConsentShowsAllAndEnds() {
        UserAgent dan = user("dan");
        dan.signIn("chart:read");

        Authorization asked = dan.authorize("chart:read rx:write", Map.of("prompt", "consent"), fields -> {
            fields.put("user_oauth_approval", "true");
            return fields;
        });

        assertThat(asked.page()).contains("read_chart", "write_prescription");
        assertThat(dan.swap(asked).scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
        assertThat(dan.approve("chart:read rx:write").page()).isEmpty();
    }

    @Test
    void case06_aScopeThatOnlyTheAnswerNamesIsAskedForAllTheSame() {
        UserAgent eve = user("eve");

        Authorization forged = eve.authorize("chart:read", Map.of(), StepUpIT::naming);

        assertThat(eve.swap(forged).scopes()).containsExactly("chart:read");
        String token = eve.signIn("chart:read").access();
        assertThat(domain.server("clinic").reason("user", "eve", "write_prescription", token))
                .isEqualTo("scope_missing");
        assertThat(eve.approve("rx:write").page()).as("asked").contains("write_prescription");
    }

    @Test
    void case06_aScopeOfBeforeThatOnlyTheAnswerNamesStaysWhatItWas() {
        UserAgent jan = user("jan");
        jan.signIn("rx:write");

        Tokens tokens = jan.swap(jan.authorize("chart:read", Map.of(), StepUpIT::naming));

        assertThat(tokens.scopes()).containsExactly("chart:read");
        assertThat(jan.signIn("rx:write").scopes()).containsExactly("rx:write");
    }

    @Test
    void case06_aPageForNoMcpServerApprovesNoToolEither() {
        UserAgent nowhere = domain.user("kim", "agent", "");
        nowhere.authorize("openid", Map.of(), StepUpIT::naming);

        assertThat(user("kim").approve("rx:write openid").page()).as("asked").contains("write_prescription");
    }

    private static Map<String, String> naming(Map<String, String> fields) {
        fields.put("scope.rx:write", "true");
        return UserAgent.approving(fields);
    }

    @Test
    void whatIsLeftOutOfTheAnswerIsNotInTheTokenThoughAmMightGiveIt() {
        UserAgent leo = user("leo");

        Authorization partly = leo.authorize("chart:read rx:write", Map.of(), fields -> {
            fields.remove("scope.rx:write");
            return UserAgent.approving(fields);
        });

        assertThat(leo.swap(partly).scopes()).containsExactly("chart:read");
        assertThat(leo.approve("chart:read rx:write").page())
                .contains("scope.rx:write")
                .doesNotContain("scope.chart:read");
    }

    @Test
    void whereAmTakesOneAnswerForAllScopesThePageHasNoCheckBox() {
        String page = user("hal").open("chart:read rx:write", Map.of()).page();

        assertThat(page).contains("read_chart", "write_prescription");
        assertThat(Jsoup.parse(page).select("input[type=checkbox]").isEmpty()).isNotEqualTo(domain.asksScopeByScope());
    }

    @Test
    void twoPagesThatAreOpenAtOnceEachGiveWhatTheyShowed() {
        UserAgent ivy = user("ivy");
        UserAgent.Stop first = ivy.open("chart:read", Map.of());
        UserAgent other = user("ivy");
        UserAgent.Stop second = other.open("chart:read rx:write", Map.of());

        Tokens ofSecond = other.swap(other.answer(second, UserAgent::approving));
        Tokens ofFirst = ivy.swap(ivy.answer(first, UserAgent::approving));

        assertThat(ofFirst.scopes()).containsExactly("chart:read");
        assertThat(ofSecond.scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
        assertThat(user("ivy").approve("chart:read rx:write").page()).isEmpty();
    }

    @Test
    void whatIsApprovedForOneApplicationCountsForNoOther() {
        user("fay").signIn("chart:read");

        Authorization other = domain.user("fay", "other", CLINIC).approve("chart:read");

        assertThat(other.page()).contains("read_chart");
    }

    @Test
    void aScopeThatGainedAToolIsAskedForAgainMarksItAndEnds() {
        UserAgent gus = domain.user("gus", "agent", "https://lab.example.com/mcp");
        McpServer lab = domain.server("lab");
        Tokens before = gus.signIn("lab:read");
        domain.grant("user:gus", "can_call", "tool:read_result");
        domain.grant("user:gus", "can_call", "tool:order_test");
        TestDomain.aSecondPasses();

        domain.addTool("lab", Tool.of("order_test", "lab:read"));
        Awaitility.await("the new tool is refused")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> lab.reason("user", "gus", "order_test", before.access()), "reconsent_required"::equals);
        assertThat(lab.reason("user", "gus", "read_result", before.access())).isEqualTo("permitted");
        assertThat(gus.refresh(before).scopes()).doesNotContain("lab:read");

        Authorization asked = gus.approve("lab:read");

        assertThat(asked.page()).contains("order_test");
        Tokens after = gus.swap(asked);
        assertThat(after.scopes()).contains("lab:read");
        assertThat(lab.reason("user", "gus", "order_test", after.access())).isEqualTo("permitted");
        assertThat(gus.approve("lab:read").page()).as("asked once").isEmpty();
    }

    private static UserAgent user(String name) {
        return domain.user(name, "agent", CLINIC);
    }
}
