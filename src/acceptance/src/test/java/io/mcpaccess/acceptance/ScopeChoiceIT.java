package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.client.UserAgent.Authorization;
import io.mcpaccess.acceptance.client.UserAgent.Tokens;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.Host;
import io.mcpaccess.acceptance.host.TestDomain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A consent page where users choose scope by scope. */
class ScopeChoiceIT {

    private static final String CLINIC = "https://clinic.example.com/mcp";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .needs(Host.Feature.SCOPE_CHOICE)
                .users("ann", "ben", "cleo", "dora", "emma", "finn")
                .application("agent")
                .demandingApplication("demanding", "chart:read")
                .server(
                        "clinic",
                        CLINIC,
                        Tool.of("read_chart", "chart:read"),
                        Tool.of("write_prescription", "chart:read", "rx:write"))
                .tuple("user:ann", "can_call", "tool:read_chart")
                .tuple("user:ann", "can_call", "tool:write_prescription")
                .policy("observe"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void eachScopeHasACheckBoxAndWhatIsLeftOutIsNotInTheToken() {
        UserAgent ann = user("ann");

        Authorization partial = without(ann, "rx:write");

        assertThat(boxes(partial.page())).containsExactlyInAnyOrder("scope.chart:read", "scope.rx:write");
        Tokens tokens = ann.swap(partial);
        assertThat(tokens.scopes()).containsExactly("chart:read");
        assertThat(domain.server("clinic").reason("user", "ann", "read_chart", tokens.access()))
                .isEqualTo("permitted");
        assertThat(domain.server("clinic").reason("user", "ann", "write_prescription", tokens.access()))
                .isEqualTo("scope_missing");
    }

    @Test
    void aScopeThatWasLeftOutCanBeGivenLater() {
        UserAgent ben = user("ben");
        assertThat(ben.swap(without(ben, "rx:write")).scopes()).containsExactly("chart:read");

        Authorization again = ben.authorize("chart:read rx:write", Map.of(), fields -> {
            fields.put("user_oauth_approval", "true");
            boxes(ben.page()).forEach(box -> fields.put(box, "true"));
            return fields;
        });

        assertThat(again.page()).contains("write_prescription");
        assertThat(ben.swap(again).scopes()).containsExactlyInAnyOrder("chart:read", "rx:write");
        assertThat(ben.approve("chart:read rx:write").page()).as("asked once").isEmpty();
    }

    @Test
    void refusingGivesNothing() {
        assertThat(user("cleo").refuse("chart:read rx:write").parameter("error"))
                .isEqualTo("access_denied");
    }

    @Test
    void aRequiredScopeIsFixedOnThePageAndWithoutItNothingIsGranted() {
        UserAgent dora = domain.user("dora", "demanding", CLINIC);
        UserAgent.Stop stop = dora.open("chart:read rx:write", Map.of());
        assertThat(Jsoup.parse(stop.page()).select(".choice > input[checked]").eachAttr("name"))
                .as("a new application wants its users to choose")
                .containsExactly("scope.chart:read");

        assertThatThrownBy(() -> dora.answer(
                        stop,
                        fields -> new LinkedHashMap<>(
                                Map.of("user_oauth_approval", "true", "scope.chart:read", "false"))))
                .as("AM refuses, the browser comes back")
                .hasMessageStartingWith("The consent page is shown again");

        UserAgent emma = domain.user("emma", "demanding", CLINIC);
        Tokens tokens = emma.swap(emma.authorize("chart:read rx:write", Map.of(), fields -> {
            fields.remove("scope.rx:write");
            return UserAgent.approving(fields);
        }));
        assertThat(tokens.scopes()).containsExactly("chart:read");
    }

    @Test
    void theToolsStandUnderTheirScopes() {
        Document page =
                Jsoup.parse(user("finn").open("chart:read rx:write", Map.of()).page());

        assertThat(toolsUnder(page, "chart:read")).containsExactlyInAnyOrder("read_chart", "write_prescription");
        assertThat(toolsUnder(page, "rx:write")).containsExactly("write_prescription");
        assertThat(page.text()).contains("Also needs: rx:write");
    }

    /** Of each line below a scope the first word, which is the tool's name. */
    private static List<String> toolsUnder(Document page, String scope) {
        return page.select(".scope:has(> .choice > input[name=scope." + scope + "]) li").eachText().stream()
                .map(line -> line.split(" ")[0])
                .toList();
    }

    private static Authorization without(UserAgent user, String scope) {
        return user.authorize("chart:read rx:write", Map.of(), fields -> {
            fields.put("user_oauth_approval", "true");
            fields.remove("scope." + scope);
            return fields;
        });
    }

    private static List<String> boxes(String page) {
        return Jsoup.parse(page).select("input[type=checkbox][name^=scope.]").eachAttr("name");
    }

    private static UserAgent user(String name) {
        return domain.user(name, "agent", CLINIC);
    }
}
