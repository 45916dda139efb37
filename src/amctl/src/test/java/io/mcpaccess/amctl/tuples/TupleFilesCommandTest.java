package io.mcpaccess.amctl.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.StubAm;
import io.mcpaccess.amctl.StubAm.Result;
import io.mcpaccess.amctl.am.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TupleFilesCommandTest {

    private static final String FILE = """
            - {user: "user:alice", relation: can_call, object: "tool:list"}
            - {user: "user:bob", relation: can_call, object: "tool:pay", condition: {name: up_to, context: {limit: 9}}}
            - {user: "user:carol", relation: can_call, object: "tool:pay"}
            """;

    @TempDir
    private Path folder;

    private StubAm am;
    private final List<JsonNode> store = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private String refused = "";

    @BeforeEach
    void open() throws IOException {
        String settings = StubAm.DOMAIN + "/authorization-engines/e1/settings";
        store.add(tuple("user:alice", "tool:list"));
        ObjectNode limited = tuple("user:bob", "tool:pay");
        limited.putObject("condition").put("name", "up_to").putObject("context").put("limit", 5);
        store.add(limited);
        am = new StubAm()
                .on("GET " + settings + "/tuples", (query, body) -> StubAm.page(store))
                .on(
                        "POST " + settings + "/mcp/impact",
                        (query, body) -> Json.object()
                                .put(
                                        "summary",
                                        body.path("writes").size() + " and "
                                                + body.path("deletes").size()))
                .on("POST " + settings + "/tuples", (query, body) -> changed("+", body))
                .on("DELETE " + settings + "/tuples", (query, body) -> changed("-", body));
    }

    @AfterEach
    void close() {
        am.close();
    }

    private Object changed(String sign, JsonNode tuple) {
        String text = sign
                + tuple.path("user").asText()
                + tuple.at("/condition/context/limit").asText();
        if (text.matches(refused)) {
            return 400;
        }
        changes.add(text);
        return "";
    }

    private static ObjectNode tuple(String user, String object) {
        return Json.object().put("user", user).put("relation", "can_call").put("object", object);
    }

    @Test
    void anImportIsAPlanFirstAndChangesWhatTheStoreLacks() throws IOException {
        Path file = Files.writeString(folder.resolve("tuples.yaml"), FILE);

        Result plan = am.run("tuples", "import", "demo", file.toString());

        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains(
                        "delete user:bob can_call tool:pay with up_to limit=5",
                        "write  user:bob can_call tool:pay with up_to limit=9",
                        "write  user:carol can_call tool:pay",
                        "2 and 1.",
                        "nothing was changed")
                .doesNotContain("alice");
        assertThat(changes).isEmpty();
        JsonNode done = Json.read(am.run("tuples", "import", "demo", file.toString(), "-a", "--json")
                .out());
        assertThat(done.path("applied").asBoolean()).isTrue();
        assertThat(done.path("unchanged").asInt()).isEqualTo(1);
        assertThat(changes).containsExactly("-user:bob5", "+user:bob9", "+user:carol");
    }

    @Test
    void csvGoesOutAndComesBack() throws IOException {
        Path file = folder.resolve("tuples.csv");

        assertThat(am.run("tuples", "export", "demo", "-o", file.toString()).code())
                .isZero();
        assertThat(Files.readString(file)).startsWith("user_type,user_id,").contains("user,alice,,can_call,tool,list");
        assertThat(am.run("tuples", "export", "demo", "--format", "csv").out()).isEqualTo(Files.readString(file));
        assertThat(am.run("tuples", "import", "demo", file.toString()).out()).contains("Nothing to do.");
        Files.writeString(file, Files.readString(file).replace("user,bob,", "user,dora,"));
        assertThat(am.run("tuples", "import", "demo", file.toString()).out())
                .contains("write  user:dora can_call tool:pay with up_to limit=5");
    }

    @Test
    void aPermissionWhoseNewTermsAreNotTakenKeepsTheOldOnes() throws IOException {
        Path file = Files.writeString(folder.resolve("tuples.yaml"), FILE);
        refused = "\\+user:bob9";

        assertThat(am.run("tuples", "import", "demo", file.toString(), "--apply")
                        .code())
                .isEqualTo(1);
        assertThat(changes).containsExactly("-user:bob5", "+user:bob5");
    }

    @Test
    void attack_aPermissionThatIsLostInTheMiddleOfAChangeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("tuples.yaml"), FILE);
        refused = "\\+user:bob.*";

        Result result = am.run("tuples", "import", "demo", file.toString(), "--apply");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("user:bob can_call tool:pay with up_to limit=5", "may be lost", "same call again");
        assertThat(changes).containsExactly("-user:bob5");
    }

    @Test
    void attack_aNameThatMovesATerminalsCursorIsWrittenOut() {
        store.add(tuple("user:\u009b2J\u202Ex\u0007", "tool:pay"));

        assertThat(am.run("tuples", "export", "demo").out())
                .matches("[\\n\\x20-\\x7E]*")
                .contains("\\u009B2J\\u202Ex");
    }

    @Test
    void whatIsExportedCanBeImportedAndRemoved() throws IOException {
        Path file = folder.resolve("out.json");

        Result export = am.run("tuples", "export", "demo", "-o", file.toString());

        assertThat(export.code()).as(export.err()).isZero();
        assertThat(am.run("tuples", "export", "demo").out()).isEqualTo(Files.readString(file));
        assertThat(am.run("tuples", "import", "demo", file.toString(), "--apply")
                        .out())
                .contains("Nothing to do.");
        assertThat(am.run("tuples", "remove", "demo", file.toString(), "--apply")
                        .out())
                .contains("0 and 2.", "Done.");
        assertThat(changes).containsExactly("-user:alice", "-user:bob5");
    }

    @Test
    void theTuplesOfAStoreFileAreTakenAndAnEmptyFileIsAMistake() throws IOException {
        Path whole = Files.writeString(folder.resolve("store.fga.yaml"), "model: x\ntuples:\n" + FILE.indent(2));
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "[]");

        assertThat(am.run("tuples", "import", "demo", whole.toString()).out()).contains("user:carol");
        Result nothing = am.run("tuples", "import", "demo", empty.toString());
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("there are no tuples in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "condition: up_to",
                "condition: [up_to]",
                "condition: {}",
                "condition: {nmae: up_to}",
                "condition: {name: up_to, context: 9}",
                "condition: {name: up_to, contxt: {limit: 9}}",
                "conditon: {name: up_to, context: {limit: 9}}"
            })
    void attack_aSlipOfThePenDoesNotMakeALimitedPermissionHoldForGood(String slip) throws IOException {
        Path file = Files.writeString(
                folder.resolve("tuples.yaml"),
                "- {user: \"user:bob\", relation: can_call, object: \"tool:pay\", " + slip + "}\n");

        for (List<String> call : List.of(
                List.of("tuples", "import", "demo", file.toString(), "--apply"),
                List.of("impact", "demo", "--tuples", file.toString()),
                List.of("replay", "demo", "--tuples", file.toString()))) {
            Result result = am.run(call.toArray(String[]::new));

            assertThat(result.code()).as(result.out()).isEqualTo(2);
            assertThat(result.err()).contains("the tuple number 1", "condit");
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void attack_aTightenedListOrObjectOfAConditionIsNotTakenForUnchanged() throws IOException {
        store.clear();
        ObjectNode wide = tuple("user:bob", "tool:pay");
        wide.set("condition", Json.read("{\"name\": \"from\", \"context\": {\"nets\": [\"10.0.0.0/8\"]}}"));
        store.add(wide);
        Path file = Files.writeString(folder.resolve("tuples.yaml"), """
                - user: user:bob
                  relation: can_call
                  object: tool:pay
                  condition: {name: from, context: {nets: [10.1.2.0/24]}}
                """);

        Result result = am.run("tuples", "import", "demo", file.toString(), "--apply");

        assertThat(result.out()).contains("with from nets=[\"10.0.0.0/8\"]", "with from nets=[\"10.1.2.0/24\"]");
        assertThat(changes).containsExactly("-user:bob", "+user:bob");
    }

    @Test
    void conditionsThatMeanTheSameAreTheSame() throws IOException {
        store.clear();
        ObjectNode limited = tuple("user:bob", "tool:pay");
        limited.set("condition", Json.read("{\"name\": \"up_to\", \"context\": {\"limit\": 5}}"));
        ObjectNode bare = tuple("user:carol", "tool:pay");
        bare.putObject("condition").put("name", "up_to").putObject("context");
        store.addAll(List.of(limited, bare, tuple("user:dave", "tool:pay")));
        Path file = Files.writeString(folder.resolve("tuples.yaml"), """
                - {user: "user:bob", relation: can_call, object: "tool:pay", condition: {name: up_to, context: {limit: 5.0}}}
                - {user: "user:carol", relation: can_call, object: "tool:pay", condition: {name: up_to}}
                - {user: "user:dave", relation: can_call, object: "tool:pay", condition: null}
                """);

        assertThat(am.run("tuples", "import", "demo", file.toString(), "--apply")
                        .out())
                .contains("Nothing to do.");
    }
}
