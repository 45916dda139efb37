package io.mcpaccess.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gravitee.am.model.permissions.Permission;
import io.gravitee.am.service.ScopeService;
import io.mcpaccess.registry.testing.Registered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpRegistryResourceTest {

    private static final String BILLING = """
            {"name":"billing","resourceIdentifiers":["https://billing.example.com/mcp"],
             "tools":[{"key":"list_invoices","description":"List invoices"},{"key":"pay.now"}]}""";

    private final Registered registry = new Registered();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void declaresANewServer() {
        Registered.Reply reply = registry.call("POST", "servers", BILLING);

        assertThat(reply.status()).isEqualTo(201);
        JsonNode plan = reply.json();
        assertThat(plan.path("applied").asBoolean()).isTrue();
        assertThat(plan.path("clientSecret").asText()).isEqualTo("raw-secret");
        assertThat(plan.path("server").toString())
                .isEqualTo("{\"id\":\"server-1\",\"name\":\"billing\",\"clientId\":\"client-of-server-1\","
                        + "\"resourceIdentifiers\":[\"https://billing.example.com/mcp\"],\"change\":\"added\"}");
        assertThat(plan.path("tools").path(0).toString())
                .isEqualTo("{\"key\":\"list_invoices\",\"description\":\"List invoices\","
                        + "\"scopes\":[\"tools:list_invoices\"],\"change\":\"added\"}");
        assertThat(plan.path("tools").path(1).path("change").asText()).isEqualTo("refused");
        assertThat(plan.path("scopes").toString())
                .isEqualTo("[{\"key\":\"tools:list_invoices\",\"name\":\"list_invoices\","
                        + "\"description\":\"List invoices\",\"change\":\"added\"}]");
    }

    @Test
    void sameAgainIs200WithoutSecret() {
        registry.call("POST", "servers", BILLING);

        Registered.Reply reply = registry.call("POST", "servers", BILLING);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().has("clientSecret")).isFalse();
        assertThat(reply.json().path("server").path("change").asText()).isEqualTo("unchanged");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, map?subject=user:alice&format=csv, map, subject, user:alice",
        "GET, servers, servers, view, servers",
        "POST, servers/server-1/drift, drift, server, server-1"
    })
    void attackALookThatLeavesNoTrace(String method, String path, String view, String member, String value) {
        registry.call("POST", "servers", BILLING);
        registry.am.audited.clear();

        registry.call(method, path, method.equals("POST") ? "{}" : null);

        assertThat(registry.am.audited).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("MCP_ACCESS_VIEWED");
            assertThat(entry.newValue()).containsEntry("view", view).containsEntry(member, value);
        });
    }

    @Test
    void dryRunIs200AndChangesNothing() {
        Registered.Reply reply = registry.call("POST", "servers?dryRun=true", BILLING);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("applied").asBoolean(true)).isFalse();
        assertThat(registry.am.storedResources).isEmpty();
        assertThat(registry.am.storedScopes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryRun=1", "dryRun", "dryRun=yes", "dryRun=TRUE", "prune=1", "force=on"})
    void aFlagThatIsNeitherTrueNorFalseIs400AndChangesNothing(String query) {
        Registered.Reply reply = registry.call("POST", "servers?" + query, BILLING);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).contains("true or false");
        assertThat(registry.am.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"name\":1,\"name\":2}", "{\"name\":\"a\"}", "not json"})
    void badInputIs400AndChangesNothing(String body) {
        Registered.Reply reply = registry.call("POST", "servers", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).isNotEmpty();
        assertThat(reply.json().path("http_status").asInt()).isEqualTo(400);
        assertThat(registry.am.calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROTECTED_RESOURCE", "DOMAIN_SCOPE"})
    void everyCallNeedsTheCallersOwnRights(Permission missing) {
        registry.am.granted.remove(missing);

        assertThat(registry.call("POST", "servers", BILLING).status()).isEqualTo(403);
        assertThat(registry.call("POST", "servers?dryRun=true", BILLING).status())
                .isEqualTo(403);
        assertThat(registry.call("POST", "scopes", "").status()).isEqualTo(403);
        assertThat(registry.call("GET", "servers", null).status()).isEqualTo(403);
        assertThat(registry.am.calls).isEmpty();
    }

    @Test
    void anotherDomainIs404() {
        assertThat(registry.call("POST", "domain-2", "servers", BILLING, null).status())
                .isEqualTo(404);
    }

    @Test
    void aNodeWithoutTheServiceIs501() {
        registry.am.without(ScopeService.class);

        Registered.Reply reply = registry.call("POST", "servers", BILLING);

        assertThat(reply.status()).isEqualTo(501);
        assertThat(reply.json().path("message").asText()).contains("ScopeService");
    }

    @Test
    void listsServersAndWhatTheirToolsLack() {
        registry.call("POST", "servers", BILLING);
        registry.am.storedScopes.clear();
        registry.store.relations.remove("can_call");

        JsonNode tool = registry.call("GET", "servers", null)
                .json()
                .path("servers")
                .path(0)
                .path("tools")
                .path(0);

        assertThat(tool.path("key").asText()).isEqualTo("list_invoices");
        assertThat(tool.path("scopesDefined").asBoolean(true)).isFalse();
        assertThat(tool.path("undefinedScopes").path(0).asText()).isEqualTo("tools:list_invoices");
        assertThat(tool.path("decidable").asBoolean(true)).isFalse();
    }

    @Test
    void doesNotSayWhetherAModelFitsWhileTheEngineIsDown() {
        registry.call("POST", "servers", BILLING);
        registry.store.isDown = true;

        JsonNode tool = registry.call("GET", "servers", null)
                .json()
                .path("servers")
                .path(0)
                .path("tools")
                .path(0);

        assertThat(tool.path("decidable").isNull()).isTrue();
        assertThat(tool.path("scopesDefined").asBoolean()).isTrue();
    }

    @Test
    void definesMissingScopes() {
        registry.call("POST", "servers", BILLING);
        registry.am.storedScopes.clear();

        JsonNode plan = registry.call("POST", "scopes", "").json();

        assertThat(plan.path("applied").asBoolean()).isTrue();
        assertThat(plan.path("scopes").path(0).path("change").asText()).isEqualTo("added");
        assertThat(registry.am.storedScopes).containsOnlyKeys("tools:list_invoices");
    }

    @Test
    void hiddenCharactersAreEscapedOnTheWireAndKeptWordForWord() {
        Registered.Reply reply = registry.call("POST", "servers", """
                {"name":"b","resourceIdentifiers":["https://b.example.com/"],
                 "tools":[{"key":"a","description":"<b>\\u202Epay\\u200B"}]}""");

        assertThat(reply.body()).contains("\\u003Cb\\u003E\\u202Epay\\u200B").doesNotContain("\u202E");
        assertThat(reply.json().path("tools").path(0).path("description").asText())
                .isEqualTo("<b>\u202Epay\u200B");
        assertThat(reply.json().path("tools").path(0).path("warnings")).hasSize(2);
    }
}
