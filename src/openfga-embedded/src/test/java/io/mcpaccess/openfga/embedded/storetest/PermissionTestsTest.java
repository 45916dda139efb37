package io.mcpaccess.openfga.embedded.storetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mcpaccess.openfga.embedded.storetest.AssertionResult.Verdict;
import io.mcpaccess.openfga.embedded.storetest.PermissionTests.Explained;
import io.mcpaccess.openfga.embedded.storetest.TestReport.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PermissionTestsTest {

    private static final String MODEL = """
            model
              schema 1.1
            type user
            type role
              relations
                define assignee: [user]
            type tool
              relations
                define reader: [user, role#assignee]
                define can_call: [user with up_to, user:*] or reader
            condition up_to(amount: double, limit: double) {
              amount <= limit
            }
            """;

    private static final String STORE = "model: |\n" + MODEL.indent(2) + """
            tuples:
              - {user: "user:alice", relation: assignee, object: "role:accountant"}
              - {user: "role:accountant#assignee", relation: reader, object: "tool:list"}
              - {user: "user:bob", relation: can_call, object: "tool:pay", condition: {name: up_to, context: {limit: 100}}}
            """;

    @TempDir
    private Path directory;

    @Test
    void checksHoldOrSayWhatWasAnsweredAndWhy() throws IOException {
        TestResult test = only("""
                tests:
                  - name: accountants
                    description: read and no more
                    check:
                      - user: user:alice
                        object: tool:list
                        assertions:
                          can_call: true
                          reader: false
                      - users: ["user:alice", "user:carol"]
                        objects: ["tool:pay"]
                        assertions: {can_call: false}
                """);

        assertThat(test.name()).isEqualTo("accountants");
        assertThat(test.description()).isEqualTo("read and no more");
        assertThat(test.isPassed()).isFalse();
        assertThat(test.assertions())
                .extracting(AssertionResult::question, AssertionResult::expected, AssertionResult::got)
                .containsExactly(
                        tuple("user:alice can_call tool:list", "true", "true"),
                        tuple("user:alice reader tool:list", "false", "true"),
                        tuple("user:alice can_call tool:pay", "false", "false"),
                        tuple("user:carol can_call tool:pay", "false", "false"));
        AssertionResult failed = test.assertions().get(1);
        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.why()).contains("Allowed: user:alice has reader of tool:list", "role:accountant");
        assertThat(failed.place().line()).isEqualTo(line("reader: false"));
        assertThat(test.assertions().get(0).why()).isEmpty();
    }

    @Test
    void everyAssertionIsExplainedWhereThatIsAskedFor() throws IOException {
        Path file = write("""
                tests:
                  - check:
                      - {user: "user:alice", object: "tool:list", assertions: {can_call: true}}
                    list_objects:
                      - {user: "user:alice", type: tool, assertions: {can_call: ["tool:list"]}}
                """);

        TestReport report = PermissionTests.run(file, Explained.ALL);

        assertThat(report.isPassed()).isTrue();
        assertThat(report.tests().get(0).name()).isEqualTo("test 1");
        assertThat(report.tests().get(0).assertions())
                .allSatisfy(each -> assertThat(each.why()).contains("Allowed: user:alice has can_call of tool:list"));
    }

    @Test
    void aConditionIsDecidedByTheContextAndIsAnErrorWithoutIt() throws IOException {
        TestResult test = only("""
                tests:
                  - check:
                      - {user: "user:bob", object: "tool:pay", context: {amount: 50}, assertions: {can_call: true}}
                      - {user: "user:bob", object: "tool:pay", context: {amount: 500}, assertions: {can_call: false}}
                      - {user: "user:bob", object: "tool:pay", assertions: {can_call: false}}
                      - {user: "user:bob", object: "tool:pay", assertions: {can_cal: false}}
                """);

        assertThat(test.assertions())
                .extracting(AssertionResult::verdict)
                .containsExactly(Verdict.PASSED, Verdict.PASSED, Verdict.ERROR, Verdict.ERROR);
        assertThat(test.assertions().get(2).got()).contains("amount");
        assertThat(test.assertions().get(3).got()).contains("tool#can_cal");
    }

    @Test
    void listsAreComparedAsSetsAndTellTheDifference() throws IOException {
        TestResult test = only("""
                tests:
                  - tuples:
                      - {user: "user:*", relation: can_call, object: "tool:help"}
                    list_objects:
                      - user: user:alice
                        type: tool
                        assertions:
                          can_call: ["tool:list", "tool:help"]
                          reader: ["tool:pay", "tool:list"]
                      - {user: "user:carol", type: tool, assertions: {reader: []}}
                    list_users:
                      - object: tool:help
                        user_filter:
                          - type: user
                        assertions:
                          can_call:
                            users: ["user:*"]
                      - object: tool:list
                        user_filter: [{type: role, relation: assignee}]
                        assertions:
                          reader: {users: []}
                """);

        assertThat(test.assertions())
                .extracting(AssertionResult::verdict)
                .containsExactly(Verdict.PASSED, Verdict.FAILED, Verdict.PASSED, Verdict.PASSED, Verdict.FAILED);
        AssertionResult objects = test.assertions().get(1);
        assertThat(objects.expected()).isEqualTo("[tool:list, tool:pay]");
        assertThat(objects.got()).isEqualTo("[tool:list]");
        assertThat(objects.why())
                .contains("Denied: user:alice does not have reader of tool:pay")
                .doesNotContain("tool:list,");
        assertThat(test.assertions().get(4).got()).isEqualTo("[role:accountant#assignee]");
    }

    @Test
    void tuplesOfATestCountInThatTestAlone() throws IOException {
        Files.writeString(
                directory.resolve("more.csv"),
                "user_type,user_id,relation,object_type,object_id\nuser,dave,reader,tool,list\n");
        TestReport report = PermissionTests.run(write("""
                tests:
                  - name: with
                    tuples:
                      - {user: "user:carol", relation: reader, object: "tool:list"}
                      - {user: "user:alice", relation: assignee, object: "role:accountant"}
                    tuple_file: ./more.csv
                    check:
                      - {users: ["user:carol", "user:dave", "user:alice"], object: "tool:list", assertions: {reader: true}}
                  - name: without
                    check:
                      - {users: ["user:carol", "user:dave"], object: "tool:list", assertions: {reader: false}}
                """), Explained.FAILED);

        assertThat(report.size()).isEqualTo(5);
        assertThat(report.count(Verdict.PASSED)).isEqualTo(5);
    }

    @Test
    void testsMayStandFirstAndNameFilesElsewhere() throws IOException {
        Files.writeString(directory.resolve("model.fga"), MODEL);
        Files.writeString(
                directory.resolve("tuples.yaml"), "- {user: \"user:eve\", relation: reader, object: \"tool:list\"}\n");
        Path folder = Files.createDirectory(directory.resolve("tests"));
        Path file = Files.writeString(folder.resolve("_1 eve.yml"), """
                tests:
                  - check: [{user: "user:eve", object: "tool:list", assertions: {can_call: true}}]
                model_file: ../model.fga
                tuple_files: [../tuples.yaml]
                """);

        assertThat(PermissionTests.run(file, Explained.FAILED).count(Verdict.PASSED))
                .isEqualTo(1);
    }

    @Test
    void aFileWithoutTestsHasAnEmptyReport() throws IOException {
        assertThat(PermissionTests.run(write("tests:\n"), Explained.FAILED).size())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultSaysWhereAndWhat(String tests, int line, String message) throws IOException {
        Path file = write("tests:\n" + tests.indent(2));
        int first = line("tests:");

        assertThatThrownBy(() -> PermissionTests.run(file, Explained.FAILED))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("store.fga.yaml, line " + (first + line))
                .hasMessageContaining(message);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("- name: x\n  chek: []", 2, "a test has no \"chek\"; \"check\" may be meant"),
                arguments("- name: x\n", 1, "the test \"x\" expects nothing"),
                arguments("- name: x\n  check:\n", 1, "expects nothing"),
                arguments("name: x", 1, "tests is a list of tests"),
                arguments("- x", 1, "a test has name, description"),
                arguments("- check:\n    user: user:alice", 2, "check is a list of checks"),
                arguments(check("object: tool:list"), 2, "the check has no user"),
                arguments(check("user: user:alice"), 2, "the check has no object"),
                arguments("- check:\n    - user: a:b\n      object: c:d", 2, "a check needs assertions"),
                arguments("- check:\n    - assertions: {reader: maybe}", 2, "must be true or false"),
                arguments("- check:\n    - assertions: {reader: \"true\"}", 2, "must be true or false"),
                arguments("- check:\n    - assertions:\n        - reader", 3, "assertions name relations"),
                arguments("- check:\n    - contxt: {}", 2, "a check has no \"contxt\"; \"context\" may be meant"),
                arguments("- check:\n    - context: 3", 2, "the context of a question is an object"),
                arguments(
                        "- list_objects:\n    - {user: \"user:a\", type: tool, assertions: {reader: [list]}}",
                        2,
                        "\"list\" cannot be found: this search lists objects of the type tool, written tool:id"),
                arguments("- list_objects:\n    - {user: \"user:a\", assertions: {reader: []}}", 2, "no type"),
                arguments(
                        "- list_objects:\n    - {user: u, type: t, assertions: {reader: true}}", 2, "list of objects"),
                arguments(
                        "- list_users:\n    - {object: \"tool:list\", assertions: {reader: {users: []}}}",
                        2,
                        "the search has no user_filter"),
                arguments("- list_users:\n    - user_filter: [{type: user}, {type: role}]", 2, "exactly one filter"),
                arguments("- list_users:\n    - user_filter: [{relation: assignee}]", 2, "the filter has no type"),
                arguments("- list_users:\n    - assertions: {reader: {user: []}}", 2, "\"users\" may be meant"),
                arguments("- list_users:\n    - assertions: {reader: {}}", 2, "reader needs users"),
                arguments("- tuple_file: none.yaml", 1, "there is no file \"none.yaml\", seen from the store file"),
                arguments("- tuples: [{user: \"user:a\", relation: reader}]", 1, "the tuple has no object"),
                arguments(
                        "- tuples: [{user: \"user:a\", relation: riter, object: \"tool:list\"}]\n"
                                + "  check: [{user: \"user:a\", object: \"tool:list\", assertions: {reader: true}}]",
                        1,
                        "relation 'tool#riter' not found"),
                arguments(
                        "- tuples:\n    - {user: \"user:bob\", relation: can_call, object: \"tool:pay\","
                                + " condition: {name: up_to, context: {limit: 7}}}\n"
                                + "  check: [{user: \"user:a\", object: \"tool:list\", assertions: {reader: true}}]",
                        2,
                        "the same tuple is there with another condition"));
    }

    private static String check(String member) {
        return "- check:\n    - " + member + "\n      assertions: {reader: true}";
    }

    private TestResult only(String tests) throws IOException {
        List<TestResult> results =
                PermissionTests.run(write(tests), Explained.FAILED).tests();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private Path write(String tests) throws IOException {
        return Files.writeString(directory.resolve("store.fga.yaml"), STORE + tests);
    }

    private int line(String text) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("store.fga.yaml"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text);
    }
}
