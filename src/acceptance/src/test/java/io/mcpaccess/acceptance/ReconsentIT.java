package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.client.UserAgent.Authorization;
import io.mcpaccess.acceptance.client.UserAgent.Tokens;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.Host;
import io.mcpaccess.acceptance.host.TestDomain;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scope that gains or loses a tool after the user approved it: page, tokens, and the question at the call. A server of its own for each test. */
class ReconsentIT {

    private static final List<String> SERVERS = Stream.of(
                    "registry",
                    "console",
                    "older",
                    "other",
                    "forged",
                    "refused",
                    "stale",
                    "declined",
                    "removed",
                    "quiet")
            .toList();
    private static final int MANY = 300;

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        DomainSpec spec = new DomainSpec()
                .users("alice")
                .application("agent")
                .application("second")
                .selfApprovingApplication("trusted")
                .policy("observe");
        for (String server : SERVERS) {
            spec.server(
                            server,
                            resource(server),
                            Tool.of(server + "_list", server + ":read"),
                            Tool.of(server + "_show", server + ":read"),
                            Tool.of(server + "_export", server + ":export"))
                    .tuple("user:*", "can_call", "tool:" + server + "_list")
                    .tuple("user:*", "can_call", "tool:" + server + "_export")
                    .tuple("user:*", "can_call", "tool:" + server + "_added");
        }
        domain = TestDomain.of(spec);
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    /** The ways in which a scope gains a tool. */
    enum Way {
        REGISTRY("registry", "registry_added") {
            @Override
            void widen() {
                addByTheRegistry("registry", "registry_added", "registry:read");
            }
        },
        CONSOLE_OF_AM("console", "console_added") {
            @Override
            void widen() {
                domain.addTool("console", Tool.of("console_added", "console:read"));
            }
        },
        SCOPE_OF_AN_OLD_TOOL("older", "older_export") {
            @Override
            void widen() {
                domain.putBehind("older", "older_export", "older:read");
            }
        };

        private final String server;
        private final String tool;

        Way(String server, String tool) {
            this.server = server;
            this.tool = tool;
        }

        abstract void widen();
    }

    private static void addByTheRegistry(String server, String key, String scope) {
        ObjectNode declared = Json.object().put("name", server);
        declared.putArray("resourceIdentifiers").add(resource(server));
        ArrayNode tools = declared.putArray("tools");
        for (JsonNode known : domain.servers()) {
            if (server.equals(known.path("clientId").asText())) {
                known.path("features")
                        .forEach(feature ->
                                tools.add(((ObjectNode) feature.deepCopy()).retain("key", "description", "scopes")));
            }
        }
        tools.addObject()
                .put("key", key)
                .put("description", "Added later")
                .putArray("scopes")
                .add(scope);
        Http.Answer answer = domain.settings("POST", "/mcp/servers?force=true", declared);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void case05_aToolThatAnApprovedScopeGainedIsNotCallableUntilTheUserApprovesIt(Way way) {
        UserAgent agent = user("agent", way.server);
        McpServer server = domain.server(way.server);
        String scope = way.server + ":read";
        Tokens tokens = agent.signIn(scope + " openid");
        assertThat(server.reason("user", "alice", way.server + "_list", tokens.access()))
                .isEqualTo("permitted");
        TestDomain.aSecondPasses();

        way.widen();
        JsonNode refused = server.await("reconsent_required", "alice", way.tool, tokens.access());

        assertThat(refused.path("decision").asBoolean(true)).isFalse();
        assertThat(refused.at("/context/required_scopes").toString()).contains(scope);
        assertThat(server.reason("user", "alice", way.server + "_list", tokens.access()))
                .as("what was approved")
                .isEqualTo("permitted");
        Tokens refreshed = agent.refresh(tokens);
        assertThat(refreshed.scopes()).containsExactly("openid");
        assertThat(server.reason("user", "alice", way.tool, refreshed.access())).isEqualTo("scope_missing");

        Authorization stepUp = agent.approve(scope + " openid");
        assertThat(stepUp.page()).contains(way.tool).containsOnlyOnce("New since you last allowed this");
        Tokens approved = agent.swap(stepUp);

        assertThat(approved.scopes()).contains(scope);
        assertThat(server.reason("user", "alice", way.tool, approved.access())).isEqualTo("permitted");
        assertThat(agent.refresh(approved).scopes()).contains(scope);
        assertThat(agent.approve(scope + " openid").page()).as("asked once").isEmpty();
    }

    @Test
    void case04_whatIsApprovedForOneApplicationCountsForNoOther() {
        UserAgent agent = user("agent", "other");
        agent.signIn("other:read openid");
        UserAgent second = user("second", "other");

        Authorization refused = second.refuse("other:read openid");

        assertThat(refused.page())
                .as("asked, and nothing is marked as known")
                .contains("other_list", "second")
                .doesNotContain("New since");
        assertThat(refused.parameter("error")).isEqualTo("access_denied");
        assertThat(second.signIn("other:read openid").scopes()).contains("other:read");
        assertThat(agent.refuse("other:read openid").page())
                .as("the refusal was the other application's")
                .isEmpty();
    }

    @Test
    void case06_anAnswerApprovesNoScopeThatWasNotAskedFor() {
        UserAgent agent = user("agent", "forged");
        Authorization forged = agent.authorize("forged:read openid", Map.of(), fields -> {
            fields.put("scope.forged:export", "true");
            return UserAgent.approving(fields);
        });

        Tokens tokens = agent.swap(forged);

        assertThat(tokens.scopes()).containsExactlyInAnyOrder("forged:read", "openid");
        assertThat(domain.server("forged").reason("user", "alice", "forged_export", tokens.access()))
                .isEqualTo("scope_missing");
        assertThat(agent.approve("forged:export openid").page())
                .as("still to be asked")
                .contains("forged_export");
    }

    @Test
    void case07_whoAllowsNothingGetsNoToken() {
        Authorization denied = user("agent", "refused").refuse("refused:read openid");

        assertThat(denied.page()).contains("refused_list");
        assertThat(denied.parameter("error")).isEqualTo("access_denied");
        assertThat(denied.parameter("code")).isEmpty();
    }

    @Test
    void whatThePageDidNotShowIsNotApproved() {
        UserAgent agent = user("agent", "stale");
        Authorization outOfDate = agent.authorize("stale:read openid", Map.of(), fields -> {
            fields.put("mcp_shown", "other tools");
            return UserAgent.approving(fields);
        });

        assertThat(agent.swap(outOfDate).scopes()).containsExactly("openid");

        Authorization again = agent.approve("stale:read openid");
        assertThat(again.page()).contains("stale_list");
        assertThat(agent.swap(again).scopes()).contains("stale:read");
    }

    @Test
    void whoRefusesTheNewToolKeepsATokenWithoutTheScope() {
        UserAgent agent = user("agent", "declined");
        McpServer server = domain.server("declined");
        Tokens tokens = agent.signIn("declined:read openid");
        TestDomain.aSecondPasses();
        domain.addTool("declined", Tool.of("declined_added", "declined:read"));
        server.await("reconsent_required", "alice", "declined_added", tokens.access());
        Tokens refreshed = agent.refresh(tokens);

        Authorization denied = agent.refuse("declined:read openid");

        assertThat(denied.page()).contains("declined_added");
        assertThat(denied.parameter("error")).isEqualTo("access_denied");
        Tokens later = agent.refresh(refreshed);
        assertThat(later.scopes()).containsExactly("openid");
        assertThat(server.reason("user", "alice", "declined_added", later.access()))
                .isEqualTo("scope_missing");
        assertThat(agent.refuse("declined:read openid").page())
                .as("asked again, for nothing was approved")
                .contains("declined_added");
    }

    @Test
    void aToolThatIsRemovedAsksNobody() {
        UserAgent agent = user("agent", "removed");
        McpServer server = domain.server("removed");
        Tokens tokens = agent.signIn("removed:read openid");
        domain.removeTool("removed", "removed_show");
        server.await("tool_unknown", "alice", "removed_show", tokens.access());

        Tokens refreshed = agent.refresh(tokens);

        assertThat(refreshed.scopes()).contains("removed:read");
        assertThat(server.reason("user", "alice", "removed_list", refreshed.access()))
                .isEqualTo("permitted");
        assertThat(agent.approve("removed:read openid").page()).isEmpty();
    }

    @Test
    void anApplicationThatApprovesByItselfIsLeftAlone() {
        domain.require(Host.Feature.SELF_APPROVAL);
        UserAgent trusted = user("trusted", "quiet");
        McpServer server = domain.server("quiet");
        Tokens tokens = trusted.signIn("quiet:read openid");
        TestDomain.aSecondPasses();
        domain.addTool("quiet", Tool.of("quiet_added", "quiet:read"));
        server.await("reconsent_required", "alice", "quiet_added", tokens.access());

        Tokens refreshed = trusted.refresh(tokens);

        assertThat(refreshed.scopes()).contains("quiet:read");
        assertThat(server.reason("user", "alice", "quiet_added", refreshed.access()))
                .isEqualTo("permitted");
        assertThat(trusted.approve("quiet:read openid").page()).isEmpty();
    }

    @Test
    void whatWasApprovedBeforeTheInstallationHoldsForThreeHundredToolsAndTwoRefreshesAtOnce() {
        Tool[] tools = IntStream.range(0, MANY)
                .mapToObj(number -> Tool.of("report_" + number, "reports:read"))
                .toArray(Tool[]::new);
        DomainSpec spec = new DomainSpec()
                .users("first", "alice")
                .application("agent")
                .server("reports", resource("reports"), tools)
                .policy("observe")
                .bare();
        try (TestDomain late = TestDomain.of(spec)) {
            UserAgent here = late.user("alice", "agent", resource("reports"));
            UserAgent there = late.user("alice", "agent", resource("reports"));
            Tokens one = here.signIn("reports:read openid");
            Tokens two = there.signIn("reports:read openid");
            late.install();

            CompletableFuture<Tokens> atOnce = CompletableFuture.supplyAsync(() -> here.refresh(one));
            Tokens other = there.refresh(two);
            assertThat(other.scopes()).as("%s", other.json().path("error")).contains("reports:read");
            assertThat(atOnce.join().scopes()).contains("reports:read");
            // A database that is slow to write 300 rows has the rest written by the next token requests.
            Tokens refreshed = here.refresh(here.refresh(here.refresh(atOnce.join())));
            assertThat(refreshed.scopes()).contains("reports:read");
            assertThat(here.approve("reports:read openid").page())
                    .as("nobody is asked")
                    .isEmpty();

            TestDomain.aSecondPasses();
            late.addTool("reports", Tool.of("report_added", "reports:read"));
            late.server("reports").await("reconsent_required", "alice", "report_added", refreshed.access());

            Authorization stepUp = here.approve("reports:read openid");
            Tokens tokens = here.swap(stepUp);
            if (stepUp.page().isEmpty()) {
                // AM asks only once the approval is withdrawn, which the token request does.
                assertThat(tokens.scopes()).containsExactly("openid");
                stepUp = here.approve("reports:read openid");
                tokens = here.swap(stepUp);
            }
            assertThat(stepUp.page()).contains("report_added").containsOnlyOnce("New since you last allowed this");
            assertThat(tokens.scopes()).contains("reports:read");
        }
    }

    private static UserAgent user(String application, String server) {
        return domain.user("alice", application, resource(server));
    }

    private static String resource(String server) {
        return "https://" + server + ".example.com/mcp";
    }
}
