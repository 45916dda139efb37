package io.mcpaccess.amctl.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.StubAm;
import io.mcpaccess.amctl.StubAm.Result;
import io.mcpaccess.amctl.am.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewCommandTest {

    private static final String MODEL = """
            model
              schema 1.1
            type user
            type application
            type role
              relations
                define assignee: [user]
            type tool
              relations
                define reader: [role#assignee]
                define can_call: [user, user with up_to, user with until] or reader
                define can_use: [application]
            condition up_to(amount: int, limit: int) {
              amount <= limit
            }
            condition until(current_time: timestamp, end: timestamp) {
              current_time < end
            }
            """;

    @TempDir
    private Path folder;

    private StubAm am;
    private String model = MODEL;
    private final List<JsonNode> tuples = new ArrayList<>();
    private final ObjectNode configuration = Json.object();
    private final long now = Instant.now().toEpochMilli();

    @BeforeEach
    void open() throws IOException {
        am = new StubAm()
                .engine(configuration, () -> model, tuples, """
                        {"servers":[{"name":"billing","clientId":"billing-mcp","tools":[
                          {"key":"list","scopes":["invoices:read"]},{"key":"pay","scopes":[]},{"key":"void","scopes":[]}]}]}""")
                .on(
                        "GET " + StubAm.DOMAIN + "/scopes",
                        (query, body) -> StubAm.page(List.of(
                                Json.object().put("key", "invoices:read"),
                                Json.object().put("key", "old:scope"),
                                Json.object().put("key", "openid").put("system", true))));
        tuple("user:alice can_call tool:list");
        tuple("user:bob assignee role:clerk");
        tuple("user:carol assignee role:clerk");
        tuple("role:clerk#assignee reader tool:list");
        tuple("role:boss#assignee reader tool:list");
        condition(tuple("user:erin can_call tool:pay"), "up_to", "limit", "5");
        condition(tuple("user:old can_call tool:pay"), "until", "end", "2020-01-01T00:00:00Z");
        tuple("application:agent can_use tool:list");
    }

    @AfterEach
    void close() {
        am.close();
    }

    private ObjectNode tuple(String text) {
        ObjectNode tuple = StubAm.tuple(text);
        tuples.add(tuple);
        return tuple;
    }

    private static void condition(ObjectNode tuple, String name, String parameter, String value) {
        ObjectNode context = tuple.putObject("condition").put("name", name).putObject("context");
        if (value.matches("\\d+")) {
            context.put(parameter, Integer.parseInt(value));
        } else {
            context.put(parameter, value);
        }
    }

    @Test
    void whatNoCallUsedIsListedAndWrittenAsAFileOfTuples() throws IOException {
        am.decided(now - 1000, "user:bob", "list", "permitted")
                .decided(now - 2000, "user:erin", "pay", "permitted")
                .decided(now - 3000, "user:alice", "list", "scope_missing");
        Path file = folder.resolve("unused.json");

        Result result = am.run("review", "demo", "-o", file.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines().filter(line -> !line.startsWith("!")))
                .containsExactly(
                        "unused   user:alice can_call tool:list",
                        "unused   user:carol assignee role:clerk",
                        "unused   role:boss#assignee reader tool:list",
                        "expired  user:old can_call tool:pay with until end=2020-01-01T00:00:00Z",
                        "closed   billing / void: nobody may call it",
                        "scope    old:scope: no tool needs it",
                        "8 permissions: 3 unused, 1 expired; 1 closed tools; 1 scopes without tools.");
        assertThat(Json.read(Files.readString(file)))
                .extracting(tuple -> tuple.path("user").asText())
                .containsExactly("user:alice", "user:carol", "role:boss#assignee", "user:old");
        assertThat(result.err()).contains("amctl tuples remove");
    }

    @Test
    void attack_aTupleThatShutsSomebodyOutIsNotListedForRemoval() throws IOException {
        model = MODEL.replace("or reader\n", "or reader) but not banned\n")
                .replace("can_call: [", "can_call: ([")
                .replace(
                        "    define reader:",
                        "    define banned: [user, user with until, role#assignee]\n    define reader:");
        tuple("user:mallory banned tool:pay");
        tuple("role:boss#assignee banned tool:pay");
        condition(tuple("user:eve banned tool:pay"), "until", "end", "2020-01-01T00:00:00Z");
        am.decided(now - 1000, "user:bob", "list", "permitted");
        Path file = folder.resolve("unused.json");

        Result result = am.run("review", "demo", "-o", file.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "unused   user:alice can_call tool:list",
                        "Left out: 5 tuples of relations that a \"but not\" of the model takes away.")
                .doesNotContain("banned", "assignee role:clerk");
        assertThat(Files.readString(file)).contains("alice").doesNotContain("banned", "\"assignee\"");
    }

    @Test
    void whatWasApprovedForAnApplicationThatIsGoneIsListedByUser() {
        am.on(
                        "GET " + StubAm.DOMAIN + "/applications",
                        (query, body) -> StubAm.page(List.of(Json.object().put("id", "app-1"))))
                .on(
                        "GET " + StubAm.DOMAIN + "/applications/app-1",
                        (query, body) ->
                                Json.read("{\"id\":\"app-1\",\"settings\":{\"oauth\":{\"clientId\":\"agent\"}}}"))
                .on(
                        "GET " + StubAm.DOMAIN + "/users",
                        (query, body) -> StubAm.page(List.of(
                                Json.object().put("id", "u1").put("username", "alice"),
                                Json.object().put("id", "u2").put("username", "bob"))))
                .on("GET " + StubAm.DOMAIN + "/users/u1/consents", (query, body) -> Json.read("""
                        [{"clientId":"gone","scope":"b","status":"approved"},{"clientId":"gone","scope":"a","status":"approved"},
                         {"clientId":"gone","scope":"mcp:0a","status":"approved"},
                         {"clientId":"gone","scope":"c","status":"denied"},
                         {"clientId":"agent","scope":"a","status":"approved"},
                         {"clientId":"billing-mcp","scope":"a","status":"approved"}]"""))
                .on("GET " + StubAm.DOMAIN + "/users/u2/consents", (query, body) -> Json.array());

        assertThat(am.run("review", "demo", "--approvals").out())
                .contains("approval alice approved a, b for gone, which is gone")
                .doesNotContain("approval bob", "mcp:");
        assertThat(Json.read(am.run("review", "demo", "--approvals", "--json").out())
                        .path("approvalsOfNobody"))
                .hasToString("[{\"user\":\"alice\",\"clientId\":\"gone\",\"scopes\":[\"a\",\"b\"]}]");
        assertThat(am.run("review", "demo").out()).doesNotContain("approval");
        assertThat(am.asked().stream().filter(each -> each.contains("/users?"))).hasSize(2);
    }

    @Test
    void whereNothingWasApprovedForNobodyTheListIsThereAndEmpty() {
        am.on("GET " + StubAm.DOMAIN + "/applications", (query, body) -> StubAm.page(List.of()))
                .on("GET " + StubAm.DOMAIN + "/users", (query, body) -> StubAm.page(List.of()));

        JsonNode json =
                Json.read(am.run("review", "demo", "--approvals", "--json").out());

        assertThat(json.path("approvalsOfNobody").isArray()).isTrue();
        assertThat(json.path("approvalsOfNobody")).isEmpty();
        assertThat(Json.read(am.run("review", "demo", "--json").out()).has("approvalsOfNobody"))
                .isFalse();
    }

    @Test
    void whereTheLogDoesNotHaveEveryCallNothingIsCalledUnused() {
        assertThat(am.run("review", "demo").out()).contains("has no decision of that time", " 0 unused, 1 expired");
        am.decided(now - 1000, "user:bob", "list", "permitted");
        configuration.put("auditDecisions", "sample");

        JsonNode json = Json.read(am.run("review", "demo", "--json").out());

        assertThat(json.path("unused")).isEmpty();
        assertThat(json.path("notes").get(0).asText()).contains("auditDecisions is sample");
        configuration.put("auditDecisions", "all");
        for (int i = 0; i < 150; i++) {
            am.decided(now - 2000 - i, "user:bob", "list", "permitted");
        }
        assertThat(Json.read(am.run("review", "demo", "--json", "--most", "100").out())
                        .path("notes")
                        .get(0)
                        .asText())
                .contains("more decisions in that time than 100");
    }
}
