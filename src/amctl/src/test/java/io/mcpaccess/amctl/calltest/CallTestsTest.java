package io.mcpaccess.amctl.calltest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.amctl.Amctl;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mcp_tests} as a pipeline runs them; there is no AM anywhere. */
class CallTestsTest {

    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type application
              type mcp_server
                relations
                  define can_use: [application]
              type tool
                relations
                  define can_call: [user, application, user with up_to, user with until]
                  define can_use: [application]
              condition up_to(amount: int, limit: int) {
                amount <= limit
              }
              condition until(current_time: timestamp, end: timestamp) {
                current_time < end
              }
            tuples:
              - {user: "user:alice", relation: can_call, object: "tool:list"}
              - {user: "user:bob", relation: can_call, object: "tool:pay", condition: {name: up_to, context: {limit: 9}}}
              - {user: "user:dave", relation: can_call, object: "tool:pay", condition: {name: until, context: {end: "2026-06-01T00:00:00Z"}}}
              - {user: "application:job", relation: can_call, object: "tool:list"}
            """;

    private static final String SERVERS = """
            servers:
              - name: Billing
                resourceIdentifiers: ["https://billing.example.com/mcp"]
                tools:
                  - {key: list, description: List invoices}
                  - {key: pay, scopes: ["invoices:pay", "money"]}
            """;

    private static final String SECTION = "mcp_" + SERVERS;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void callsGoThroughEveryLayer() throws IOException {
        Path file = store(SECTION, """
                mcp_tests:
                  - name: layers
                    calls:
                      - {subject: "user:alice", server: Billing, tool: list, decision: true, reason_code: permitted}
                      - {subject: "user:alice", server: Billing, tool: list, scopes: ["tools:list"], decision: true}
                      - {subject: "user:alice", server: Billing, tool: list, scopes: [], decision: false, reason_code: scope_missing}
                      - {subject: "user:alice", server: Billing, tool: pay, reason_code: permission_denied}
                      - {subject: "user:alice", server: Billing, tool: drop, decision: false, reason_code: tool_unknown}
                      - {subject: "user:a*", server: Billing, tool: list, reason_code: invalid_identifier}
                      - {subject: "application:job", server: Billing, tool: list, decision: true}
                      - {subject: "user:bob", server: Billing, tool: pay, arguments: {amount: 9}, decision: true}
                      - {subject: "user:bob", server: Billing, tool: pay, arguments: {amount: 10}, decision: false}
                      - {subject: "user:bob", server: Billing, tool: pay, reason_code: condition_missing}
                      - {subject: "user:dave", server: Billing, tool: pay, time: 2026-05-31T23:59:59Z, decision: true}
                      - {subject: "user:dave", server: Billing, tool: pay, time: "2026-06-01T02:00:00+02:00", decision: false}
                  - name: an addition
                    tuples: [{user: "user:carol", relation: can_call, object: "tool:pay", condition: {name: up_to, context: {limit: 1}}}]
                    calls:
                      - {subject: "user:carol", server: Billing, tool: pay, arguments: {amount: 1}, decision: true}
                """);

        assertThat(run("test", file.toString())).as(out + "" + err).isZero();
        assertThat(out.toString()).contains("passed  layers (12 of 12)", "2 tests, 13 assertions: 13 passed");
    }

    @Test
    void settingsOfTheEngineAndClientIdsCount() throws IOException {
        Path file = store(SECTION.replace("pay,", "list2,"), """
                  - {name: Other, resourceIdentifiers: ["https://o.example"], scopeTemplate: "{server}:{tool}", tools: [{key: list}]}
                mcp_client_ids: {Billing: billing-mcp}
                mcp_settings: {checkClient: true, toolObject: "tool:{server}/{tool}"}
                mcp_tests:
                  - tuples:
                      - {user: "user:alice", relation: can_call, object: "tool:billing-mcp/list"}
                      - {user: "user:alice", relation: can_call, object: "tool:Other/list"}
                      - {user: "application:agent", relation: can_use, object: "mcp_server:billing-mcp"}
                    calls:
                      - {subject: "user:alice", client: agent, server: Billing, tool: list, decision: true}
                      - {subject: "user:alice", server: Billing, tool: list, reason_code: client_not_allowed}
                      - {subject: "user:alice", client: agent, server: Other, tool: list, reason_code: client_not_allowed}
                      - {subject: "user:alice", client: agent, server: Other, tool: list, scopes: ["other:list"], reason_code: client_not_allowed}
                """);

        assertThat(run("test", file.toString())).as(out + "" + err).isZero();
    }

    @Test
    void aNameOfTwoServersIsAmbiguousUnlessTheSettingsAllowIt() throws IOException {
        String tests = """
                  - {name: Other, resourceIdentifiers: ["https://o.example"], tools: [{key: list}]}
                mcp_settings: {sharedToolNames: %s}
                mcp_tests:
                  - calls: [{subject: "user:alice", server: Other, tool: list, reason_code: %s}]
                """;

        assertThat(run(
                        "test",
                        store(SECTION, tests.formatted("deny", "tool_ambiguous"))
                                .toString()))
                .isZero();
        assertThat(run(
                        "test",
                        store(SECTION, tests.formatted("allow", "permitted")).toString()))
                .isZero();
    }

    @Test
    void aCallThatEndsOtherwiseIsToldWithPlaceAndReason() throws IOException {
        Path file = store(SECTION, """
                mcp_tests:
                  - name: wrong
                    calls:
                      - {subject: "user:alice", client: agent, server: Billing, tool: pay, scopes: [money], decision: true}
                      - {subject: "user:alice", server: Billing, tool: pay, decision: true, reason_code: permitted}
                      - {subject: "user:alice", server: Billing, tool: list, decision: false}
                """);

        assertThat(run("test", file.toString())).isEqualTo(10);

        assertThat(out.toString())
                .contains(
                        "FAILED  wrong (0 of 3)",
                        "store.fga.yaml, line 33, column 9: call user:alice by agent calls Billing/pay",
                        "expected true, got false (scope_missing)",
                        "missing scopes: invoices:pay",
                        "expected true (permitted), got false (permission_denied)",
                        "Denied: user:alice",
                        "expected false, got true (permitted)",
                        "Allowed: user:alice");
    }

    @Test
    void testsOfPermissionsAndOfCallsAreOneReport() throws IOException {
        Path file = store(SECTION, """
                tests:
                  - name: permission
                    check: [{user: "user:alice", object: "tool:list", assertions: {can_call: true}}]
                mcp_tests:
                  - name: call
                    calls: [{subject: "user:alice", server: Billing, tool: list, decision: true}]
                """);
        Path xml = folder.resolve("junit.xml");

        assertThat(run("test", "--json", "--junit", xml.toString(), file.toString()))
                .isZero();

        JsonNode tests = new ObjectMapper().readTree(out.toString()).at("/files/0/tests");
        assertThat(tests).extracting(test -> test.path("name").asText()).containsExactly("permission", "call");
        assertThat(Files.readString(xml)).contains("name=\"call user:alice calls Billing/list\"", "line=\"35\"");
    }

    @Test
    void aFileOfItsOwnNamesTheStoreAndTheDeclaration() throws IOException {
        Files.createDirectories(folder.resolve("stores"));
        Files.writeString(folder.resolve("stores/store.fga.yaml"), STORE);
        Files.writeString(folder.resolve("servers.yaml"), SERVERS);
        Path file = own("""
                store_file: ../stores/store.fga.yaml
                mcp_servers_file: ../servers.yaml
                mcp_tests:
                  - calls: [{subject: "user:alice", server: Billing, tool: list, decision: true}]
                """);

        assertThat(run("test", file.toString())).as(err.toString()).isZero();

        Files.writeString(
                folder.resolve("stores/store.fga.yaml"), STORE.replace("relation: can_call", "relation: calls"));
        assertThat(run("test", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(folder.resolve("stores/store.fga.yaml") + ", line 20");
    }

    @Test
    void theExampleOfThePageHoldsForTheDemosStore() throws IOException {
        Path root = Path.of(System.getProperty("repository.root"));
        String page = Files.readString(root.resolve("docs/permission-tests.md"));
        int start = page.indexOf("store_file: store.fga.yaml");
        Path file = Files.writeString(folder.resolve("calls.yaml"), page.substring(start, page.indexOf("```", start)));
        Files.copy(root.resolve("src/samples/demo/store.fga.yaml"), folder.resolve("store.fga.yaml"));
        Files.writeString(folder.resolve("servers.yaml"), """
                servers:
                  - name: billing
                    resourceIdentifiers: ["https://billing.example.com/mcp"]
                    tools:
                      - {key: list_invoices}
                      - {key: refund_invoice, scopes: ["invoices:refund"]}
                """);

        assertThat(run("test", file.toString())).as(out + "" + err).isZero();
        assertThat(out.toString()).contains("4 assertions: 4 passed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mcp_test: [] | \"mcp_tests\" may be meant | line 1",
                "mcp_tests: [{calls: []}] | expects nothing; give it calls | line 1",
                "mcp_tests: [{cals: []}] | a test has no \"cals\"; \"calls\" may be meant | line 1",
                "mcp_tests: [{calls: [{server: Billing, tool: list, decision: true}]}] | the call has no subject |"
                        + " line 1",
                "mcp_tests: [{calls: [{subject: alice, server: Billing, tool: list, decision: true}]}] | user:NAME |"
                        + " line 1",
                "mcp_tests: [{calls: [{subject: 'user:a', server: Biling, tool: list, decision: true}]}] | there are"
                        + " Billing | line 1",
                "mcp_tests: [{calls: [{subject: 'user:a', server: Billing, tool: list}]}] | expects nothing: | line 1",
                "mcp_tests: [{calls: [{subject: 'user:a', server: Billing, tool: list, decision: 'true'}]}] | without"
                        + " quotes | line 1",
                "mcp_tests: [{calls: [{subject: 'user:a', server: Billing, tool: list, reason_code: scopes_missing}]}]"
                        + " | \"scope_missing\" may be meant | line 1",
                "mcp_tests: [{calls: [{subject: 'user:a', server: Billing, tool: list, decision: true, time: noon}]}]"
                        + " | 2026-06-01T09:00:00Z | line 1",
                "mcp_tests: [{calls: [{subject: 'user:a', server: Billing, tool: list, decision: true, arguments:"
                        + " {current_time: x}}]}] | give the call a time | line 1",
                "mcp_settings: {toolObject: tool}~mcp_tests: [] | toolObject must be | line 1",
                "mcp_settings: {checkClients: true}~mcp_tests: [] | \"checkClient\" may be meant | line 1",
                "mcp_tests: []~mcp_tests: [] | stands there twice | line 2",
                "mcp_tests: [ | this is no YAML | line",
                "store_file: none.yaml~mcp_tests: [] | there is no file \"none.yaml\" | line"
            })
    void aFaultIsToldWithItsPlace(String yaml, String message, String line) throws IOException {
        Files.writeString(folder.resolve("store.fga.yaml"), STORE);
        Files.writeString(folder.resolve("servers.yaml"), SERVERS);
        String head = yaml.contains("store_file") ? "" : "\nstore_file: ../store.fga.yaml";
        Path file = own(yaml.replace("~", "\n") + "\nmcp_servers_file: ../servers.yaml" + head + "\n");

        assertThat(run("test", file.toString())).as(out.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(file.toString(), line, message);
    }

    @Test
    void aServerThatIsImportedIsNotKnown() throws IOException {
        Path file = store("mcp_servers: [{name: Live, import: {url: \"https://x.example\"}}]\n", """
                mcp_tests: []
                """);

        assertThat(run("test", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("line 24", "write the tools of Live down");
    }

    @Test
    void whereNoServersAreGivenThatIsSaid() throws IOException {
        assertThat(run("test", store("", "mcp_tests: []\n").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("give either mcp_servers or mcp_servers_file");
    }

    private Path store(String servers, String rest) throws IOException {
        return Files.writeString(folder.resolve("store.fga.yaml"), STORE + servers + rest);
    }

    private Path own(String text) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve("tests")).resolve("calls.yaml"), text);
    }

    private int run(String... arguments) {
        return Amctl.run(List.of(arguments), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
