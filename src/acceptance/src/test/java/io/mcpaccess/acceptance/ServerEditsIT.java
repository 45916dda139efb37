package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** MCP servers are edited while others are asked about. */
class ServerEditsIT {

    private static final String BILLING = "https://billing.example.com/mcp";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("alice")
                .application("agent")
                .server("billing", BILLING, Tool.of("list_invoices", "invoices:read"))
                .server("travel", "https://travel.example.com/mcp", Tool.of("book_flight", "travel:book"))
                .server(
                        "shop",
                        "https://shop.example.com/mcp",
                        Tool.of("sell_old", "shop:sell"),
                        Tool.of("sell_new", "shop:sell"))
                .tuple("user:alice", "can_call", "tool:list_invoices")
                .tuple("user:alice", "can_call", "tool:sell_old")
                .tuple("user:alice", "can_call", "tool:sell_new")
                .tuple("user:alice", "can_call", "tool:book_train"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void anEditOfOneServerStopsNoOther() {
        McpServer billing = domain.server("billing");
        McpServer travel = domain.server("travel");
        String token =
                domain.user("alice", "agent", BILLING).signIn("invoices:read").access();
        String atTravel = domain.user("alice", "agent", "https://travel.example.com/mcp")
                .signIn("travel:book")
                .access();
        TreeMap<Integer, Integer> statuses = new TreeMap<>();

        domain.addTool("travel", Tool.of("book_train", "travel:book"));
        Awaitility.await("the new tool is known")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    statuses.merge(
                            billing.evaluate("user", "alice", "list_invoices", token)
                                    .status(),
                            1,
                            Integer::sum);
                    return !travel.evaluate("user", "alice", "book_train", atTravel)
                            .body()
                            .contains("tool_unknown");
                });
        for (int i = 0; i < 50; i++) {
            statuses.merge(
                    billing.evaluate("user", "alice", "list_invoices", token).status(), 1, Integer::sum);
        }

        assertThat(statuses).as("status and how often").containsOnlyKeys(200);
    }

    @Test
    void aRemovedToolIsClosedForGoodAndTheOthersStayOpen() {
        McpServer shop = domain.server("shop");
        String token = domain.user("alice", "agent", "https://shop.example.com/mcp")
                .signIn("shop:sell")
                .access();
        assertThat(shop.reason("user", "alice", "sell_old", token)).isEqualTo("permitted");
        List<String> answers = new ArrayList<>();

        domain.removeTool("shop", "sell_old");
        Awaitility.await("the tool is gone")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            assertThat(shop.reason("user", "alice", "sell_new", token))
                                    .isEqualTo("permitted");
                            return shop.evaluate("user", "alice", "sell_old", token)
                                    .body();
                        },
                        body -> body.contains("tool_unknown"));
        for (int i = 0; i < 30; i++) {
            answers.add(shop.reason("user", "alice", "sell_old", token));
            assertThat(shop.reason("user", "alice", "sell_new", token)).isEqualTo("permitted");
        }

        assertThat(answers).containsOnly("tool_unknown");
    }

    @Test
    void aSecondServersToolOfTheSameNameIsRefusedForItWouldCloseTheFirst() {
        ObjectNode rival = Json.object().put("name", "Rival");
        rival.putArray("resourceIdentifiers").add("https://rival.example.com/mcp");
        rival.putArray("tools").addObject().put("key", "list_invoices").put("description", "The same name");

        JsonNode plan = domain.settings("POST", "/mcp/servers", rival).json();

        assertThat(plan.at("/tools/0/change").asText()).as(plan.toString()).isEqualTo("refused");
        assertThat(plan.path("closes").toString()).contains("list_invoices", "billing");
        assertThat(domain.server("billing").reason("user", "alice", "list_invoices", null))
                .isEqualTo("permitted");
    }

    @Test
    void thePlanOfANewServerChangesNothingUntilItIsApplied() {
        ObjectNode planned = Json.object().put("name", "Planned");
        planned.putArray("resourceIdentifiers").add("https://planned.example.com/mcp");
        planned.putArray("tools").addObject().put("key", "plan_trip").put("description", "Plans");

        int before = domain.servers().size();

        JsonNode plan =
                domain.settings("POST", "/mcp/servers?dryRun=true", planned).json();

        assertThat(plan.path("applied").asBoolean()).isFalse();
        assertThat(plan.toString()).contains("plan_trip", "tools:plan_trip");
        assertThat(domain.servers()).hasSize(before);
    }
}
