package io.mcpaccess.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.testing.InMemoryAm;
import io.mcpaccess.registry.testing.Registered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImpactAnswerTest {

    private final Registered registry = new Registered();

    @BeforeEach
    void fill() {
        registry.am.application("agent");
        registry.call("POST", "servers", """
                {"name": "billing", "resourceIdentifiers": ["https://billing.example/mcp"],
                 "tools": [{"key": "list_invoices"}, {"key": "pay"}]}""");
        registry.store.tuples.add(new TupleKey("user:alice", "can_call", "tool:list_invoices"));
        registry.store.tuples.add(new TupleKey("user:bob", "can_call", "tool:list_invoices"));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private JsonNode impact(String body) {
        Registered.Reply reply = registry.call("POST", "impact", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void saysWhoGainsAndByWhichPath() {
        JsonNode impact = impact(
                "{\"writes\": [{\"user\": \"user:carol\", \"relation\": \"can_call\", \"object\": \"tool:pay\"}]}");

        assertThat(impact.path("summary").asText()).isEqualTo("carol gains pay");
        JsonNode shift = impact.at("/tools/0/shifts/0");
        assertThat(shift.path("change").asText()).isEqualTo("gains");
        assertThat(shift.path("layer").asText()).isEqualTo("permission");
        assertThat(shift.path("why").asText())
                .contains("user:carol")
                .contains("can_call")
                .contains("tool:pay");
        assertThat(registry.store.tuples).hasSize(2);
    }

    @Test
    void saysEveryoneAndConditionsAsSuch() {
        JsonNode everyone =
                impact("{\"writes\": [{\"user\": \"user:*\", \"relation\": \"can_call\", \"object\": \"tool:pay\"}]}");
        JsonNode conditional = impact("""
                {"writes": [{"user": "user:carol", "relation": "can_call", "object": "tool:pay",
                             "condition": {"name": "small", "context": {"limit": 100}}}]}""");

        assertThat(everyone.path("summary").asText()).isEqualTo("everyone gains pay");
        assertThat(conditional.path("summary").asText()).isEqualTo("carol gains pay if amount <= 100");
        assertThat(conditional.at("/tools/0/shifts/0/after").asText()).isEqualTo("conditional");
    }

    @Test
    void aPlanThatIsOnlyLookedAtSaysItInALine() {
        String declaration = """
                {"name": "billing", "resourceIdentifiers": ["https://billing.example/mcp"],
                 "scopeTemplate": "{server}:{tool}", "tools": [{"key": "pay"}, {"key": "refund"}]}""";
        registry.store.tuples.add(new TupleKey("user:carol", "can_call", "tool:refund"));

        JsonNode plan = registry.call("POST", "servers?dryRun=true&prune=true", declaration)
                .json();

        assertThat(plan.at("/impact/summary").asText()).contains("list_invoices closes for all", "carol gains refund");
        assertThat(registry.call("POST", "servers?dryRun=true&prune=true&impact=false", declaration)
                        .json()
                        .has("impact"))
                .isFalse();
        assertThat(registry.call("POST", "servers?dryRun=true", """
                        {"name": "billing", "resourceIdentifiers": ["https://billing.example/mcp"],
                         "tools": [{"key": "list_invoices"}, {"key": "pay"}]}""").json().has("impact"))
                .isFalse();
        assertThat(registry.call("POST", "servers?prune=true", declaration)
                        .json()
                        .has("impact"))
                .isFalse();
    }

    @Test
    void attack_whoMayNotSeeUsersGetsThePlanWithoutThem() {
        registry.store.tuples.add(new TupleKey("user:carol", "can_call", "tool:refund"));
        registry.am.granted.remove(Permission.DOMAIN_USER);

        Registered.Reply reply = registry.call("POST", "servers?dryRun=true", """
                {"name": "billing", "resourceIdentifiers": ["https://billing.example/mcp"], "tools": [{"key": "refund"}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/impact/notes/0").asText())
                .contains("could not be worked out", "Permission denied");
        assertThat(reply.body()).doesNotContain("carol");
    }

    @Test
    void aToolThatNobodyHoldsAnyMoreCloses() {
        JsonNode impact = impact("""
                {"deletes": [{"user": "user:alice", "relation": "can_call", "object": "tool:list_invoices"},
                             {"user": "user:bob", "relation": "can_call", "object": "tool:list_invoices"}]}""");

        assertThat(impact.path("summary").asText()).isEqualTo("list_invoices closes for all");
        assertThat(impact.path("figures").path("losses").asInt()).isEqualTo(2);
    }

    @Test
    void aDeclarationAndSettingsAreTriedOutTogether() {
        JsonNode impact = impact("""
                {"servers": [{"name": "billing", "resourceIdentifiers": ["https://billing.example/mcp"],
                              "tools": [{"key": "list_invoices", "scopes": ["invoices:all"]}]}],
                 "prune": true, "settings": {"checkClient": true}}""");

        assertThat(impact.path("summary").asText()).contains("application:agent loses list_invoices");
        assertThat(impact.at("/approvals/0/tool").asText()).isEqualTo("list_invoices");
        assertThat(impact.at("/approvals/0/scopes/0").asText()).isEqualTo("invoices:all");
        assertThat(registry.call("GET", "servers", null).body()).contains("\"pay\"");
    }

    @Test
    void whatIsWrongIsSaidBeforeTheAnswerBegins() {
        assertThat(registry.call("POST", "impact", "{\"wriets\": []}").status()).isEqualTo(400);
        assertThat(registry.call("POST", "impact", "{\"settings\": {\"toolObject\": \"x\"}}")
                        .body())
                .contains("toolObject must be");
        assertThat(registry.call(
                                "POST",
                                "impact",
                                "{\"writes\": [{\"user\": \"user:c\", \"relation\": \"none\", \"object\": \"tool:pay\"}]}")
                        .status())
                .isEqualTo(400);
        assertThat(registry.call("POST", "impact", "{\"model\": \"nonsense\"}").status())
                .isEqualTo(400);
        assertThat(registry.call("POST", "impact", "{\"maxTuples\": 1}").body()).contains("more than 1 tuples");
    }

    @Test
    void attack_aConditionThatIsNoneDoesNotMakeAPermissionUnconditional() {
        Registered.Reply reply = registry.call("POST", "impact", """
                {"writes": [{"user": "user:carol", "relation": "can_call", "object": "tool:pay", "condition": "small"}]}""");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("writes[0].condition must be an object");
    }

    @Test
    void linesTellTheProgress() {
        String lines = registry.call("POST", InMemoryAm.DOMAIN, "impact", "{}", "application/x-ndjson")
                .body();

        assertThat(lines.lines().findFirst().orElse("")).startsWith("{\"progress\":");
        assertThat(lines.lines().reduce((first, last) -> last).orElse("")).contains("Nobody gains or loses a call");
    }

    @Test
    void needsTheRightsOfTheMap() {
        registry.am.granted.clear();

        assertThat(registry.call("POST", "impact", "{}").status()).isEqualTo(403);
    }
}
