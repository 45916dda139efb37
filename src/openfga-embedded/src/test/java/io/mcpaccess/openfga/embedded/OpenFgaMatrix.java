package io.mcpaccess.openfga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.Found;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Turns a file in the format of OpenFGA's own test matrices into tests of the embedded engine. */
final class OpenFgaMatrix {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int NO_LIMIT = 1000;

    private OpenFgaMatrix() {}

    static Stream<DynamicNode> tests(InputStream yaml) throws IOException {
        List<DynamicNode> tests = new ArrayList<>();
        for (JsonNode test : YAML.readTree(yaml).path("tests")) {
            List<DynamicNode> stages = new ArrayList<>();
            List<StoredTuple> written = new ArrayList<>();
            for (JsonNode stage : test.path("stages")) {
                test.path("tuples").forEach(tuple -> written.add(tuple(tuple)));
                stage.path("tuples").forEach(tuple -> written.add(tuple(tuple)));
                stages.add(stage("stage " + (stages.size() + 1), stage, List.copyOf(written)));
            }
            tests.add(DynamicContainer.dynamicContainer(test.path("name").asText(), stages));
        }
        return tests.stream();
    }

    private static DynamicNode stage(String name, JsonNode stage, List<StoredTuple> tuples) {
        List<DynamicNode> tests = new ArrayList<>();
        StoreView[] view = new StoreView[1];
        tests.add(DynamicTest.dynamicTest("model and tuples", () -> view[0] = view(stage, tuples)));
        stage.path("checkAssertions")
                .forEach(check -> tests.add(
                        DynamicTest.dynamicTest("check " + text(check.path("tuple")), () -> check(view[0], check))));
        stage.path("listObjectsAssertions")
                .forEach(list -> tests.add(DynamicTest.dynamicTest(
                        "list objects " + list.path("request"), () -> listObjects(view[0], list))));
        stage.path("listUsersAssertions")
                .forEach(list -> tests.add(
                        DynamicTest.dynamicTest("list users " + list.path("request"), () -> listUsers(view[0], list))));
        return DynamicContainer.dynamicContainer(name, tests);
    }

    /** Tuples are written one by one as to a server, so that the rules of writing are on the way too. */
    private static StoreView view(JsonNode stage, List<StoredTuple> tuples) {
        StoreContent content = new StoreContent(
                "matrix",
                List.of(new StoreContent.Model(
                        "m", ModelReader.fromDsl(stage.path("model").asText()))),
                List.of());
        EmbeddedEngine engine =
                new EmbeddedEngine(content, ChangeLog.none(), new Ulids(Clock.systemUTC(), new Random(1)));
        List<StoredTuple> earlier =
                tuples.subList(0, tuples.size() - stage.path("tuples").size());
        earlier.forEach(tuple -> engine.replay(List.of(new Change.Tuples(List.of(tuple), List.of()))));
        tuples.subList(earlier.size(), tuples.size()).forEach(tuple -> engine.write(List.of(tuple), List.of()));
        return engine.view();
    }

    private static void check(StoreView view, JsonNode assertion) {
        JsonNode tuple = assertion.path("tuple");
        CheckRequest request = new CheckRequest(key(tuple), context(assertion), contextual(assertion));
        CheckOutcome outcome = view.check(request, TIME_LIMIT);
        if (assertion.path("errorCode").asInt() != 0) {
            assertThat(outcome).isInstanceOf(CheckOutcome.Refused.class);
            OpenFgaError error = ((CheckOutcome.Refused) outcome).error();
            assertThat(error.code().number())
                    .isEqualTo(assertion.path("errorCode").asInt());
        } else if (assertion.path("expectation").asBoolean()) {
            assertThat(outcome).isEqualTo(new CheckOutcome.Allowed());
        } else {
            assertThat(outcome).isEqualTo(new CheckOutcome.Denied());
        }
    }

    private static void listObjects(StoreView view, JsonNode assertion) {
        JsonNode request = assertion.path("request");
        expect(
                assertion,
                () -> view.listObjects(
                        request.path("user").asText(),
                        request.path("relation").asText(),
                        request.path("type").asText(),
                        context(assertion),
                        contextual(assertion),
                        NO_LIMIT,
                        TIME_LIMIT));
    }

    private static void listUsers(StoreView view, JsonNode assertion) {
        JsonNode request = assertion.path("request");
        assertThat(request.path("filters")).hasSize(1);
        expect(
                assertion,
                () -> view.listUsers(
                        request.path("object").asText(),
                        request.path("relation").asText(),
                        request.path("filters").get(0).asText(),
                        context(assertion),
                        contextual(assertion),
                        NO_LIMIT,
                        TIME_LIMIT));
    }

    private interface Search {
        Found run();
    }

    private static void expect(JsonNode assertion, Search search) {
        int code = 0;
        List<String> found = List.of();
        try {
            found = search.run().items();
        } catch (OpenFgaException e) {
            code = e.error().code().number();
        }
        assertThat(code).isEqualTo(assertion.path("errorCode").asInt());
        JsonNode expectation = assertion.path("request").has("expectation") ? assertion.path("request") : assertion;
        List<String> expected = StreamSupport.stream(
                        expectation.path("expectation").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<StoredTuple> contextual(JsonNode assertion) {
        return StreamSupport.stream(assertion.path("contextualTuples").spliterator(), false)
                .map(OpenFgaMatrix::tuple)
                .toList();
    }

    private static Map<String, Object> context(JsonNode assertion) {
        return assertion.has("context") ? YAML.convertValue(assertion.get("context"), JSON_OBJECT) : Map.of();
    }

    private static StoredTuple tuple(JsonNode node) {
        JsonNode condition = node.path("condition");
        return new StoredTuple(
                key(node),
                condition.isObject()
                        ? Optional.of(
                                new StoredTuple.Condition(condition.path("name").asText(), context(condition)))
                        : Optional.empty());
    }

    private static TupleKey key(JsonNode node) {
        return new TupleKey(
                node.path("user").asText(),
                node.path("relation").asText(),
                node.path("object").asText());
    }

    private static String text(JsonNode tuple) {
        TupleKey key = key(tuple);
        return key.object() + "#" + key.relation() + "@" + key.user();
    }
}
