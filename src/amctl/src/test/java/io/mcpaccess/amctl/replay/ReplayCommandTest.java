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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

    static final String MODEL = """
            model
              schema 1.1
            type user
            type role
              relations
                define assignee: [user]
            type tool
              relations
                define can_call: [user, role#assignee, user with up_to, user with until]
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
    private final List<JsonNode> tuples = new ArrayList<>();
    private final ObjectNode configuration = Json.object();
    private final long now = Instant.now().toEpochMilli();

    @BeforeEach
    void open() throws IOException {
        am = new StubAm().engine(configuration, () -> MODEL, tuples, """
                        {"servers":[{"name":"billing","clientId":"billing-mcp","tools":[{"key":"list"},{"key":"pay"}]},
                         {"name":"other","clientId":"other-mcp","tools":[{"key":"list"}]}]}""");
        tuple("user:alice can_call tool:list");
        tuple("user:bob assignee role:clerk");
        tuple("role:clerk#assignee can_call tool:list");
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

    @Test
    void whatWouldEndOtherwiseIsToldOnceWithItsNumberAndReason() {
        am.decided(now - 1000, "user:alice", "list", "permitted")
                .decided(now - 2000, "user:bob", "list", "permitted")
                .decided(now - 3000, "user:carol", "list", "permitted")
                .decided(now - 4000, "user:carol", "list", "permitted")
                .decided(now - 5000, "user:bob", "pay", "permission_denied");

        Result result = am.run("replay", "demo");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "now refused  user:carol can_call tool:list  2 times, last ",
                        "Denied: user:carol",
                        "5 decisions, 5 asked again: 2 would end otherwise.")
                .doesNotContain("user:alice can_call", "not compared");
        assertThat(am.run("replay", "demo", "--fail-on-flip").code()).isEqualTo(9);
    }

    @Test
    void attack_aLogWithoutAllowedCallsIsNoClearAnswer() {
        configuration.put("auditDecisions", "refused");
        am.decided(now - 1000, "user:carol", "pay", "permission_denied");

        Result result = am.run("replay", "demo", "--fail-on-flip", "--json");

        assertThat(result.code()).isEqualTo(9);
        assertThat(Json.read(result.out()).path("complete").asBoolean(true)).isFalse();
        assertThat(result.err()).contains("auditDecisions is refused");
        assertThat(am.run("replay", "demo").code()).isZero();
    }

    @Test
    void aChangeIsTriedOutOnTheSameDecisions() throws IOException {
        am.decided(now - 1000, "user:alice", "list", "permitted")
                .decided(now - 2000, "user:bob", "list", "permitted")
                .decided(now - 3000, "user:bob", "pay", "permission_denied")
                .decided(now - 4000, "user:dave", "pay", "shadowed");
        Path model = Files.writeString(
                folder.resolve("model.fga"), MODEL.replace("[user, role#assignee, user with", "[user, user with"));

        JsonNode written = Json.read(am.run(
                        "replay",
                        "demo",
                        "--json",
                        "--delete",
                        "user:bob assignee role:clerk",
                        "--write",
                        "user:bob can_call tool:pay",
                        "--write",
                        "user:dave can_call tool:pay")
                .out());
        JsonNode remodelled = Json.read(
                am.run("replay", "demo", "--json", "--model", model.toString()).out());

        assertThat(written.path("flips"))
                .extracting(flip -> flip.path("now").asText() + " "
                        + flip.path("user").asText() + " " + flip.path("object").asText())
                .containsExactlyInAnyOrder(
                        "refused user:bob tool:list", "allowed user:bob tool:pay", "allowed user:dave tool:pay");
        assertThat(written.at("/flips/0/why").asText()).isNotEmpty();
        assertThat(remodelled.path("flips"))
                .extracting(flip -> flip.path("user").asText())
                .containsExactly("user:bob");
    }

    @Test
    void whatCannotBeComparedIsCountedByReason() {
        tuple("user:erin can_call tool:pay")
                .putObject("condition")
                .put("name", "up_to")
                .putObject("context")
                .put("limit", 5);
        am.decided(now - 1000, "user:alice", "list", "scope_missing")
                .decided(now - 2000, "user:erin", "pay", "permitted")
                .decided(now - 3000, "user:?", "pay", "permitted")
                .audited(now - 4000, "engine_unavailable: none");

        JsonNode json = Json.read(am.run("replay", "demo", "--json").out());

        assertThat(json.path("asked").asInt()).isZero();
        assertThat(json.path("notCompared"))
                .isEqualTo(Json.read("{\"earlier\":1,\"conditional\":1,\"unnamed\":1,\"unanswered\":1}"));
        assertThat(am.run("replay", "demo").out())
                .contains("not compared: 1 hanging on a condition", "4 decisions, 0 asked again");
    }

    @Test
    void aGrantForATimeIsAskedWithTheTimeOfToday() {
        tuple("user:erin can_call tool:pay")
                .putObject("condition")
                .put("name", "until")
                .putObject("context")
                .put("end", "2020-01-01T00:00:00Z");
        am.decided(now - 1000, "user:erin", "pay", "permitted");

        assertThat(am.run("replay", "demo").out()).contains("now refused  user:erin can_call tool:pay  once");
    }

    @Test
    void wherePermissionsNameTheServerItIsTheOneThatAsked() {
        configuration.put("toolObject", "tool:{server}/{tool}");
        tuple("user:alice can_call tool:billing-mcp/list");
        am.decided(now - 1000, "user:alice", "list", "permitted").decided(now - 2000, "user:bob", "pay", "permitted");

        JsonNode json = Json.read(am.run("replay", "demo", "--json").out());

        assertThat(json.path("flips"))
                .extracting(flip -> flip.path("object").asText())
                .containsExactly("tool:billing-mcp/pay");
    }

    @Test
    void aWrongChangeIsNoReplay() {
        for (List<String> options : List.of(
                List.of("--write", "user:bob"),
                List.of("--write", "user:bob flies tool:pay"),
                List.of("--model", folder + "/none.fga"),
                List.of("--since", "long ago"),
                List.of("--most", "0"))) {
            List<String> arguments = new ArrayList<>(Arrays.asList("replay", "demo"));
            arguments.addAll(options);

            assertThat(am.run(arguments.toArray(String[]::new)).code())
                    .as(options.toString())
                    .isEqualTo(2);
        }
    }
}
