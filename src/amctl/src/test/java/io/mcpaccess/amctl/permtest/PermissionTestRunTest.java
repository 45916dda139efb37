package io.mcpaccess.amctl.permtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.amctl.Amctl;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.openfga.embedded.storetest.PermissionTests.Explained;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code amctl test} as a pipeline calls it; there is no AM anywhere. */
class PermissionTestRunTest {

    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user, user with up_to]
              condition up_to(amount: int, limit: int) {
                amount <= limit
              }
            tuples:
              - {user: "user:alice", relation: can_call, object: "tool:list"}
              - {user: "user:bob", relation: can_call, object: "tool:pay", condition: {name: up_to, context: {limit: 9}}}
            """;

    private static final String HOLDS = """
            tests:
              - name: lists
                check:
                  - {user: "user:alice", object: "tool:list", assertions: {can_call: true}}
                list_objects:
                  - {user: "user:alice", type: tool, assertions: {can_call: ["tool:list"]}}
            """;

    private static final String FAILS = """
            tests:
              - name: <pays> & "more"
                check:
                  - {user: "user:alice", object: "tool:pay", assertions: {can_call: true}}
                  - {user: "user:bob", object: "tool:pay", context: {amount: 9}, assertions: {can_call: true}}
                  - {user: "user:bob", object: "tool:pay", context: {amount: 10}, assertions: {can_call: false}}
                  - {user: "user:bob", object: "tool:pay", assertions: {can_call: false}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path good;
    private Path bad;

    @BeforeEach
    void writeFiles() throws IOException {
        good = Files.writeString(folder.resolve("good.fga.yaml"), STORE + HOLDS);
        bad = Files.writeString(folder.resolve("bad.fga.yaml"), STORE + FAILS);
    }

    @Test
    void testsThatHoldEndWithZero() {
        assertThat(run("test", good.toString())).isZero();

        assertThat(out.toString())
                .contains("passed  lists (2 of 2)", "1 test, 2 assertions: 2 passed, 0 failed, 0 without an answer")
                .doesNotContain("\u001B", "because");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explainTellsThePathOfWhatHolds() {
        assertThat(run("test", "--explain", good.toString())).isZero();

        assertThat(out.toString()).contains("is true, as expected", "Allowed: user:alice has can_call of tool:list");
    }

    @Test
    void oneThatDoesNotHoldEndsWithTenAndSaysWhereAndWhy() {
        assertThat(run("test", good.toString(), bad.toString())).isEqualTo(10);

        assertThat(out.toString())
                .contains(
                        "FAILED  <pays> & \"more\" (2 of 4)",
                        "bad.fga.yaml, line 17",
                        "check user:alice can_call tool:pay",
                        "expected true, got false",
                        "add user:alice can_call tool:pay",
                        "expected false, got no answer",
                        "2 tests, 6 assertions: 4 passed, 1 failed, 1 without an answer");
    }

    @Test
    void aFileThatCannotBeUsedEndsWithTwoAndKeepsNoOtherFromBeingTested() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.fga.yaml"), STORE + HOLDS.replace("check:", "chek:"));

        assertThat(run("test", wrong.toString(), bad.toString())).isEqualTo(2);

        assertThat(err.toString()).contains(wrong + ", line ", "a test has no \"chek\"; \"check\" may be meant");
        assertThat(out.toString()).contains("cannot be used", "expected true, got false");
    }

    @Test
    void nothingToTestIsNoSuccess() throws IOException {
        Path none = Files.writeString(folder.resolve("none.fga.yaml"), STORE);

        assertThat(run("test", none.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Nothing was tested");
        assertThat(run("test", none.toString(), good.toString())).isZero();
        assertThat(run("test")).isEqualTo(2);
        assertThat(run("test", folder.resolve("missing.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no file");
    }

    @Test
    void jsonHoldsEveryAssertion() throws IOException {
        assertThat(run("test", "--json", bad.toString())).isEqualTo(10);

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("passed").asBoolean(true)).isFalse();
        JsonNode assertions = json.at("/files/0/tests/0/assertions");
        assertThat(assertions).hasSize(4);
        assertThat(assertions)
                .extracting(each -> each.path("verdict").asText())
                .containsExactly("failed", "passed", "passed", "error");
        assertThat(assertions.get(0).path("line").asInt()).isEqualTo(17);
    }

    @Test
    void junitHasATestCaseOfItsOwnForEachAssertion() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.fga.yaml"), "tests: [");
        Path xml = folder.resolve("junit.xml");

        assertThat(run("test", "--junit", xml.toString(), good.toString(), bad.toString(), wrong.toString()))
                .isEqualTo(2);

        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(xml.toFile())
                .getDocumentElement();
        List<Element> suites = elements(root, "testsuite");
        assertThat(suites)
                .extracting(each -> each.getAttribute("tests") + "/" + each.getAttribute("failures") + "/"
                        + each.getAttribute("errors"))
                .containsExactly("2/0/0", "4/1/1", "1/0/1");
        List<Element> cases = elements(root, "testcase");
        assertThat(cases)
                .extracting(each -> each.getAttribute("classname") + each.getAttribute("name"))
                .hasSize(7)
                .doesNotHaveDuplicates()
                .anyMatch(name -> name.contains("bad.fga.yaml.<pays> & \"more\""));
        assertThat(elements(root, "failure"))
                .singleElement()
                .satisfies(each -> assertThat(each.getAttribute("message")).isEqualTo("expected true, got false"))
                .satisfies(each -> assertThat(each.getTextContent()).contains("Denied: user:alice"));
        assertThat(elements(root, "error")).hasSize(2);
    }

    @Test
    void aReportThatCannotBeWrittenIsTold() {
        assertThat(run("test", "--junit", folder.resolve("no/junit.xml").toString(), good.toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("junit.xml cannot be written");
        assertThat(out.toString()).contains("2 passed");
    }

    @Test
    void colouredLinesAreForTerminalsAndTextsCannotColourThemselves() throws IOException {
        Path file = Files.writeString(
                folder.resolve("ink.fga.yaml"), STORE + HOLDS.replace("name: lists", "name: \"a\\e[31mb\""));
        Output output = new Output(new PrintWriter(out, true), new PrintWriter(err, true), true);

        new TestText(output).write(List.of(TestedFile.run(file, Explained.FAILED)));

        assertThat(out.toString()).contains("\u001B[32m  passed  a\\u001B[31mb (2 of 2)\u001B[0m");
    }

    private static List<Element> elements(Element root, String name) {
        NodeList found = root.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private int run(String... arguments) {
        return Amctl.run(List.of(arguments), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
