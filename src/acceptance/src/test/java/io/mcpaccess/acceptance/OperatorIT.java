package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.host.Amctl;
import io.mcpaccess.acceptance.host.Amctl.Result;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An operator brings the product into a domain that has nothing of it, looks whether all is well, and takes it out again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorIT {

    private static final String BILLING = "https://billing.example.com/mcp";

    private static TestDomain domain;
    private static Amctl amctl;
    private static JsonNode flowsBefore;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("alice")
                .application("agent")
                .server("billing", BILLING, Tool.of("list_invoices", "invoices:read"))
                .bare());
        amctl = domain.amctl()
                .with("AMCTL_MCP_CLIENT_ID", "billing")
                .with("AMCTL_MCP_CLIENT_SECRET", DomainSpec.SECRET);
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    @Order(1)
    void theDoctorSaysWhatIsMissingAndWhatMendsIt() {
        Result result = amctl.run("doctor", domain.id(), "--gateway", domain.gateway());

        assertThat(result.code()).as(result.out()).isEqualTo(8);
        assertThat(result.out()).contains("the domain has no OpenFGA engine", "amctl protect");
    }

    @Test
    @Order(2)
    void protectPutsInWhatIsMissingAndTheSecondTimeNothing() {
        flowsBefore = flows();
        String store = "operator-" + domain.id() + ".fga.yaml";

        Result plan = amctl.run("protect", domain.id(), "--embedded", store, "--loopback");
        assertThat(flows()).as(plan.out()).isEqualTo(flowsBefore);
        Result done = amctl.run("protect", domain.id(), "--embedded", store, "--loopback", "--apply");
        assertThat(done.code()).as(done.out()).isZero();
        assertThat(flows().toString()).contains("mcp-tool-access");

        domain.useEngine();
        domain.grant("user:alice", "can_call", "tool:list_invoices");
        Result again = amctl.run("protect", domain.id(), "--loopback");
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(again.out()).contains("Nothing to do");
    }

    @Test
    @Order(3)
    void usersThenSeeToolsAndTheDoctorFindsNothing() {
        Awaitility.await("the first decision")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> domain.server("billing")
                        .evaluate("user", "alice", "list_invoices", null)
                        .body()
                        .contains("\"permitted\""));
        Awaitility.await("the consent page")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> domain.user("alice", "agent", BILLING)
                        .open("invoices:read", Map.of())
                        .page()
                        .contains("list_invoices"));

        Result result = amctl.run("doctor", domain.id(), "--all", "--gateway", domain.gateway());

        assertThat(result.out()).contains("Nothing has to be mended.", "the gateway decides");
        assertThat(result.code()).as(result.out()).isZero();
    }

    @Test
    @Order(4)
    void anEngineThatIsDeletedClosesEverythingAndTheDoctorSaysSo() {
        String engine = Json.read(
                        domain.manage("GET", "/authorization-engines", null).body())
                .path(0)
                .path("id")
                .asText();

        assertThat(domain.manage("DELETE", "/authorization-engines/" + engine, null)
                        .status())
                .isEqualTo(204);

        Awaitility.await("nothing is permitted")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> domain.server("billing")
                        .evaluate("user", "alice", "list_invoices", null)
                        .body()
                        .contains("engine_not_configured"));
        assertThat(amctl.run("doctor", domain.id()).code()).isEqualTo(8);
    }

    @Test
    @Order(5)
    void undoTakesOutWhatProtectPutIn() {
        Result undone = amctl.run("protect", domain.id(), "--undo", "--apply");

        assertThat(undone.code()).as(undone.out()).isZero();
        assertThat(flows()).isEqualTo(flowsBefore);
        assertThat(domain.manage("GET", "/forms?template=OAUTH2_USER_CONSENT", null)
                        .body())
                .doesNotContain("mcp_shown");
    }

    /** The steps of each flow that has some; ids and times change with every save. */
    private static JsonNode flows() {
        ArrayNode all = Json.array();
        for (JsonNode flow : domain.manage("GET", "/flows", null).json()) {
            if (!flow.path("pre").isEmpty() || !flow.path("post").isEmpty()) {
                all.add(((ObjectNode) flow).retain("type", "pre", "post"));
            }
        }
        return all;
    }
}
