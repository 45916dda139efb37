package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.sandbox.AmctlProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code amctl doctor} and {@code amctl tuples}, as a process against the sandbox. */
@Timeout(180)
class AmctlDoctorIT {
    @TempDir
    static Path folder;

    private static SandboxServer sandbox;
    private static ManagementClient admin;
    private static AmctlProcess amctl;

    @BeforeAll
    static void start() throws Exception {
        for (String domain : new String[] {"ill", "well", "two"}) {
            Files.writeString(folder.resolve(domain + ".fga.yaml"), """
                    model: |
                      model
                        schema 1.1
                      type user
                      type tool
                        relations
                          define can_call: [user, user with in_zone]
                      condition in_zone(zone: string) {
                        zone == "office"
                      }
                    tuples:
                      - {user: "user:alice", relation: can_call, object: "tool:pay"}
                      - {user: "user:bob", relation: can_call, object: "tool:pay", condition: {name: in_zone}}
                    """);
        }
        sandbox =
                SandboxServer.start(Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                  - id: ill
                    applications: [{clientId: legacy, clientSecret: s, flowsInherited: false}]
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{key: pay, description: Pay, scopes: ["invoices:pay"]}]}
                      - {name: copycat, clientId: copycat-mcp, clientSecret: s3, resourceIdentifiers: ["http://127.0.0.1:9101/mcp"],
                         features: [{key: pay, description: Pay, scopes: ["copycat:pay"]}]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: ill.fga.yaml}}
                  - id: well
                    scopes: [{key: "invoices:pay", name: Pay, description: Pay}]
                    protectedResources:
                      - {name: billing, clientId: well-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9102/mcp"],
                         features: [{key: pay, description: Pay, scopes: ["invoices:pay"]}]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: well.fga.yaml}}
                  - id: two
                    protectedResources:
                      - {name: billing, clientId: two-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9103/mcp"],
                         features: [{key: pay, description: Pay, scopes: ["invoices:pay"]}]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: two.fga.yaml}}
                  - {id: bare}
                """);
        admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
        amctl = new AmctlProcess(folder)
                .with("AMCTL_URL", sandbox.management() + "/management")
                .with("AMCTL_USERNAME", "admin")
                .with("AMCTL_PASSWORD", "adminadmin");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void namesWhatIsWrongWhyAndWhatMendsIt() {
        Result result =
                amctl.run("doctor", "ill", "--gateway", sandbox.gateway().toString());

        assertThat(result.code()).as(result.err()).isEqualTo(8);
        assertThat(result.out())
                .contains(
                        "tool pay is registered by billing and copycat: nobody can call it on either (tool_ambiguous)",
                        "amctl tuples qualify ill --apply",
                        "tool pay of billing needs a scope that the domain does not define",
                        "amctl scopes ill",
                        "policy mcp-tool-access in the flow TOKEN, pre is missing",
                        "consent form is missing",
                        "amctl protect ill --apply",
                        "application legacy does not inherit the domain's flows",
                        "redirect URIs on loopback are refused")
                .doesNotContain("  ok ");
        assertThat(amctl.run("doctor", "ill", "--json").json().path("ill").asBoolean())
                .isTrue();
        assertThat(amctl.run("doctor", "bare").out())
                .contains("the domain has no OpenFGA engine", "amctl protect bare");
    }

    @Test
    void aDomainThatProtectMadeReadyIsWell() {
        assertThat(amctl.run("protect", "well", "--loopback", "--apply").code()).isZero();

        Result result = amctl.with("AMCTL_MCP_CLIENT_ID", "well-mcp")
                .with("AMCTL_MCP_CLIENT_SECRET", "s2")
                .run("doctor", "well", "--all", "--gateway", sandbox.gateway().toString());

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "Nothing has to be mended.",
                        "the management node reads the store",
                        "the gateway serves this domain with the plugins authzen and openfga",
                        "the gateway decides (permission_denied for nobody)",
                        "clock");
    }

    @Test
    void aServersWrongSecretAndADeadGatewayAreTold() {
        Result wrong = amctl.with("AMCTL_MCP_CLIENT_ID", "well-mcp")
                .with("AMCTL_MCP_CLIENT_SECRET", "not-its-secret")
                .run("doctor", "well", "--gateway", sandbox.gateway().toString());
        Result dead = amctl.run("doctor", "well", "--gateway", "http://127.0.0.1:1");

        assertThat(wrong.code()).isEqualTo(8);
        assertThat(wrong.out())
                .contains("does not take this MCP server's client")
                .doesNotContain("not-its-secret");
        assertThat(dead.code()).isEqualTo(8);
        assertThat(dead.out()).contains("cannot be reached", "connection refused");
    }

    @Test
    void tuplesMoveToTheOtherFormWithTheirConditionsAndNobodyLosesAPermission() {
        Result plan = amctl.run("tuples", "qualify", "two");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains(
                        "copied    user:alice can_call tool:pay -> user:alice can_call tool:two-mcp/pay",
                        "with in_zone")
                .contains("A plan: nothing was changed", "set its toolObject to tool:{server}/{tool}");
        assertThat(amctl.run("check", "two", "user:alice", "can_call", "tool:two-mcp/pay")
                        .code())
                .isEqualTo(5);

        assertThat(amctl.run("tuples", "qualify", "two", "--apply").code()).isZero();
        assertThat(amctl.run("check", "two", "user:alice", "can_call", "tool:two-mcp/pay")
                        .code())
                .isZero();
        assertThat(amctl.run("check", "two", "user:alice", "can_call", "tool:pay")
                        .code())
                .as("the engine still reads the old form")
                .isZero();
        String zone = "{\"zone\":\"office\"}";
        assertThat(amctl.run("check", "two", "user:bob", "can_call", "tool:two-mcp/pay")
                        .code())
                .isEqualTo(5);
        assertThat(amctl.run("check", "two", "user:bob", "can_call", "tool:two-mcp/pay", "--context", zone)
                        .code())
                .isZero();

        toolObject("two", "tool:{server}/{tool}");
        JsonNode moved =
                amctl.run("tuples", "qualify", "two", "--apply", "--json").json();
        assertThat(moved.path("tuples").findValuesAsText("change")).containsExactly("removed", "removed");
        assertThat(amctl.run("check", "two", "user:alice", "can_call", "tool:pay")
                        .code())
                .isEqualTo(5);
        assertThat(amctl.run("tuples", "qualify", "two").out()).contains("Nothing to do.");

        toolObject("two", "tool:{tool}");
        assertThat(amctl.run("tuples", "unqualify", "two", "--apply").out()).contains("moved", "Done.");
        assertThat(amctl.run("check", "two", "user:alice", "can_call", "tool:pay")
                        .code())
                .isZero();
        assertThat(amctl.run("check", "two", "user:alice", "can_call", "tool:two-mcp/pay")
                        .code())
                .isEqualTo(5);
    }

    private static void toolObject(String domain, String template) {
        String engines = ManagementClient.domain(domain) + "/authorization-engines";
        String id = json(admin.get(engines)).path(0).path("id").asText();
        admin.call(
                "PUT",
                engines + "/" + id,
                "{\"name\":\"engine\",\"configuration\":\"{\\\"mode\\\":\\\"embedded\\\",\\\"storeFile\\\":\\\""
                        + domain + ".fga.yaml\\\",\\\"toolObject\\\":\\\"" + template + "\\\"}\"}");
    }
}
