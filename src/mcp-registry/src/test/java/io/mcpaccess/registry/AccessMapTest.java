package io.mcpaccess.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.map.MapHtml;
import io.mcpaccess.registry.testing.InMemoryAm;
import io.mcpaccess.registry.testing.Registered;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessMapTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private Registered registry = new Registered();

    @BeforeEach
    void fill() {
        registry.am.application("agent", "tools:list_invoices");
        registry.am.application("bot");
        declare("billing", "{\"key\":\"list_invoices\"},{\"key\":\"pay\"}");
        registry.store.tuples.add(new TupleKey("user:alice", "can_call", "tool:list_invoices"));
        registry.store.tuples.add(new TupleKey("user:b%3Aob", "can_call", "tool:list_invoices"));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void saysWhoMayCallWhat() {
        JsonNode map = registry.call("GET", "map", null).json();

        assertThat(map.path("tools")).hasSize(2);
        JsonNode tool = map.path("tools").path(0);
        assertThat(tool.path("server").asText()).isEqualTo("billing");
        assertThat(tool.path("key").asText()).isEqualTo("list_invoices");
        assertThat(tool.path("scopes").path(0).asText()).isEqualTo("tools:list_invoices");
        assertThat(tool.path("applications").toString())
                .isEqualTo("[{\"clientId\":\"agent\",\"name\":\"agent app\",\"scopesInSettings\":true},"
                        + "{\"clientId\":\"bot\",\"name\":\"bot app\",\"scopesInSettings\":false}]");
        assertThat(tool.path("users").toString()).isEqualTo("{\"ids\":[\"alice\",\"b:ob\"],\"truncated\":false}");
        assertThat(map.path("tools").path(1).path("users").path("ids")).isEmpty();
    }

    @Test
    void saysWhatOneSubjectMayCallAndWhyNot() {
        JsonNode map = registry.call("GET", "map?subject=user:alice&explain=true", null)
                .json();

        assertThat(map.path("subject").asText()).isEqualTo("user:alice");
        assertThat(map.path("tools").findValuesAsText("decision")).containsExactly("true", "false");
        assertThat(map.path("tools").findValuesAsText("reason_code")).containsExactly("permitted", "permission_denied");
        assertThat(map.path("tools").path(0).has("why")).isFalse();
        assertThat(map.path("tools").path(0).has("layer")).isFalse();
        assertThat(map.path("tools").path(1).path("layer").asText()).isEqualTo("permission");
        assertThat(map.path("tools").path(1).path("scopes").path(0).asText()).isEqualTo("tools:pay");
        assertThat(map.path("tools").path(1).path("why").asText()).isEqualTo("no tuple <user:alice>");
    }

    @Test
    void showsApplicationsThatHoldTheirRelationWhereThatIsWanted() {
        use(settings(true, AccessSettings.SharedToolNames.DENY));
        registry.store.tuples.add(new TupleKey("application:agent", "can_use", "tool:list_invoices"));

        JsonNode map = registry.call("GET", "map", null).json();
        JsonNode agent =
                registry.call("GET", "map?subject=application:bot", null).json();

        assertThat(map.path("tools").path(0).path("applications").findValuesAsText("clientId"))
                .containsExactly("agent");
        assertThat(map.path("tools").path(1).path("applications")).isEmpty();
        assertThat(agent.path("tools").path(0).path("reason_code").asText()).isEqualTo("client_not_allowed");
    }

    @Test
    void aToolNameThatTwoServersShareOpensNeither() {
        declare("other", "{\"key\":\"list_invoices\",\"scopes\":[\"other:list\"]}");

        JsonNode map = registry.call("GET", "map?q=list_invoices", null).json();
        JsonNode alice = registry.call("GET", "map?subject=user:alice&q=list_invoices", null)
                .json();

        assertThat(map.path("tools").findValuesAsText("reason_code"))
                .containsExactly("tool_ambiguous", "tool_ambiguous");
        assertThat(alice.path("tools").findValuesAsText("decision")).containsExactly("false", "false");
    }

    @Test
    void anEngineThatIsDownIsSaid() {
        registry.store.isDown = true;

        JsonNode map = registry.call("GET", "map", null).json();
        JsonNode alice = registry.call("GET", "map?subject=user:alice", null).json();

        assertThat(map.path("tools").path(0).path("users").path("reason_code").asText())
                .isEqualTo("engine_unavailable");
        assertThat(map.path("tools").path(0).path("users").path("truncated").asBoolean())
                .isTrue();
        assertThat(alice.path("tools").findValuesAsText("reason_code"))
                .containsExactly("engine_unavailable", "engine_unavailable");
    }

    @Test
    void pagesFiltersAndSorts() {
        declare("aaa", "{\"key\":\"zip\"}");

        JsonNode first = registry.call("GET", "map?size=2", null).json();
        JsonNode second = registry.call("GET", "map?size=2&page=2", null).json();
        JsonNode byTool = registry.call("GET", "map?sort=tool", null).json();
        JsonNode backwards =
                registry.call("GET", "map?sort=tool&order=desc", null).json();
        JsonNode one = registry.call("GET", "map?tool=pay", null).json();

        assertThat(first.path("tools").findValuesAsText("key")).containsExactly("zip", "list_invoices");
        assertThat(second.path("tools").findValuesAsText("key")).containsExactly("pay");
        assertThat(second.path("pages").asInt()).isEqualTo(2);
        assertThat(byTool.path("tools").findValuesAsText("key")).containsExactly("list_invoices", "pay", "zip");
        assertThat(backwards.path("tools").findValuesAsText("key")).containsExactly("zip", "pay", "list_invoices");
        assertThat(one.path("tools").findValuesAsText("key")).containsExactly("pay");
        assertThat(registry.call("GET", "map?q=BILL", null).json().path("total").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "map?sort=users, sort must be",
        "map?page=0, page must be",
        "map?size=abc, size must be",
        "map?order=up, order must be desc or asc",
        "map?full=yes, full must be true or false",
        "map?subject=user:a&explain=1, explain must be true or false",
        "map?subject=alice, subject must look like",
        "map?format=pdf, format must be"
    })
    void badQueriesAreToldWhatIsRight(String path, String message) {
        Registered.Reply reply = registry.call("GET", path, null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).contains(message);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROTECTED_RESOURCE", "APPLICATION", "DOMAIN_USER"})
    void needsTheRightsToListAllThatItShows(Permission missing) {
        registry.am.granted.remove(missing);

        assertThat(registry.call("GET", "map", null).status()).isEqualTo(403);
    }

    @Test
    void csvHasNoCellThatASpreadsheetWouldRun() {
        declare("=HYPERLINK(1)", "{\"key\":\"-1-2\",\"scopes\":[\"@sum\",\"x\"]}");
        registry.store.tuples.add(new TupleKey("user:+1", "can_call", "tool:-1-2"));
        registry.store.tuples.add(new TupleKey("user:a\"b", "can_call", "tool:-1-2"));

        Registered.Reply csv = registry.call("GET", InMemoryAm.DOMAIN, "map", null, "text/csv");

        assertThat(csv.answer().headers().get("content-type")).isEqualTo("text/csv;charset=utf-8");
        assertThat(csv.body())
                .contains("\"'=HYPERLINK(1)\",\"client-of-server-2\",\"'-1-2\",\"'@sum x\",")
                .contains(",\"'+1; a\"\"b\",\"false\",\"false\",\"\"\r\n");
        assertThat(Pattern.compile("(^|,)\"[=+@-]", Pattern.MULTILINE)
                        .matcher(csv.body())
                        .find())
                .isFalse();
    }

    @Test
    void csvOfOneSubjectSaysTheLayerAndTheScopes() {
        String csv =
                registry.call("GET", "map?subject=user:alice&format=csv", null).body();

        assertThat(csv.lines())
                .containsExactly(
                        "\"subject\",\"server\",\"server_client_id\",\"tool\",\"scopes\",\"decision\",\"layer\",\"reason_code\",\"why\"",
                        "\"user:alice\",\"billing\",\"client-of-server-1\",\"list_invoices\",\"tools:list_invoices\",\"true\",\"\","
                                + "\"permitted\",\"\"",
                        "\"user:alice\",\"billing\",\"client-of-server-1\",\"pay\",\"tools:pay\",\"false\",\"permission\","
                                + "\"permission_denied\",\"\"");
    }

    @Test
    void aBrowserGetsAPageAndEverybodyElseJson() {
        assertThat(registry.call("GET", InMemoryAm.DOMAIN, "map", null, BROWSER)
                        .answer()
                        .headers()
                        .get("content-type"))
                .isEqualTo("text/html;charset=utf-8");
        assertThat(registry.call("GET", InMemoryAm.DOMAIN, "map", null, "*/*")
                        .json()
                        .path("tools"))
                .hasSize(2);
        assertThat(registry.call("GET", InMemoryAm.DOMAIN, "map?format=csv", null, "*/*")
                        .body())
                .startsWith("\"server\",");
        assertThat(registry.call("GET", InMemoryAm.DOMAIN, "map?format=html", null, "application/json")
                        .body())
                .startsWith("<!DOCTYPE html>");
    }

    @Test
    void everythingOnThePageIsEscaped() {
        declare("<script>alert(1)</script>", "{\"key\":\"x\",\"scopes\":[\"<img/src=x>\"]}");
        registry.store.tuples.add(new TupleKey("user:\"><svg/onload=a>", "can_call", "tool:x"));

        String page = html("map?subject=&q=%3Cscript%3E&size=7");
        String subject = html("map?subject=user:%22%3E%3Cscript%3E&explain=true");

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("&quot;&gt;&lt;svg/onload=a&gt;")
                .contains("&lt;img/src=x&gt;")
                .doesNotContain("<script", "<svg", "<img");
        assertThat(subject)
                .contains("user:&quot;&gt;&lt;script&gt;")
                .contains("no tuple &lt;user")
                .doesNotContain("<script");
    }

    @Test
    void thePagesPolicyAllowsItsOwnStyleAndNothingElse() throws Exception {
        Registered.Reply reply = registry.call("GET", InMemoryAm.DOMAIN, "map", null, BROWSER);
        String policy = reply.answer().headers().get("content-security-policy");
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(reply.body());

        assertThat(style.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(policy).isEqualTo(MapHtml.contentSecurityPolicy()).contains("'sha256-" + hash + "'");
        assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "script");
        assertThat(reply.body())
                .doesNotContain("style=", "http://", "https://")
                .doesNotContainPattern("<[^>]*\\son[a-z]+=");
        assertThat(reply.answer().headers()).containsEntry("x-content-type-options", "nosniff");
    }

    @Test
    void longListsOfUsersAreCutWithALinkAndPagesLink() {
        for (int i = 0; i < 1000; i++) {
            registry.store.tuples.add(new TupleKey("user:u" + i, "can_call", "tool:pay"));
        }

        String page = html("map?size=1&page=2&q=b%26q");
        String filtered = html("map?size=1&page=1&q=i");

        assertThat(html("map?q=pay"))
                .contains(
                        "and 980 more: <a href=\"?format=html&amp;page=1&amp;size=50&amp;sort=server&amp;order=asc&amp;q=pay"
                                + "&amp;tool=pay&amp;full=true\">all 1000 users of pay</a>")
                .contains("<li>u115</li>")
                .doesNotContain("<li>u999</li>");
        assertThat(html("map?tool=pay&full=true")).contains("<li>u115</li>", "<li>u999</li>");
        assertThat(page).contains("value=\"b&amp;q\"");
        assertThat(filtered)
                .contains(
                        "<a href=\"?format=html&amp;page=2&amp;size=1&amp;sort=server&amp;order=asc&amp;q=i\">Next page");
    }

    private String html(String path) {
        return registry.call("GET", InMemoryAm.DOMAIN, path, null, "text/html").body();
    }

    private void use(AccessSettings settings) {
        registry.close();
        registry = new Registered(settings);
        fill();
    }

    private static AccessSettings settings(boolean checkClient, AccessSettings.SharedToolNames shared) {
        AccessSettings defaults = AccessSettings.DEFAULTS;
        return new AccessSettings(
                defaults.scopeCheck(),
                defaults.unknownTools(),
                shared,
                defaults.subject(),
                defaults.toolObject(),
                checkClient,
                defaults.clientRelation(),
                defaults.checkActor(),
                Set.of(),
                AccessSettings.PermissionMode.ENFORCE,
                Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
    }

    private void declare(String name, String tools) {
        Registered.Reply reply = registry.call(
                "POST",
                "servers?force=true",
                "{\"name\":\"" + name + "\",\"resourceIdentifiers\":[\"https://s" + name.hashCode() + ".example/mcp\"],"
                        + "\"tools\":[" + tools + "]}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }
}
