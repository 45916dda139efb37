package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.host.Amctl.Result;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.Host;
import io.mcpaccess.acceptance.host.TestDomain;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An MCP server with a flow of its own, which AM runs in place of the domain's for tokens that the server itself gets. */
class ServerFlowsIT {

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .needs(Host.Feature.SERVER_FLOWS)
                .users("alice")
                .application("agent")
                .server("billing", "https://billing.example.com/mcp", Tool.of("list_invoices", "invoices:read"))
                .policy("observe"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void protectNamesAServersFlowWithoutThePolicyAndIsContentWithOneThatHasIt() {
        put(List.of());
        Result without = domain.amctl().run("protect", domain.id());
        assertThat(without.out()).contains("flow TOKEN of the MCP server billing", "it lacks the policy");

        put(List.of("mcp-tool-access"));
        Result with = domain.amctl().run("protect", domain.id());
        assertThat(with.out())
                .contains("flow TOKEN of the MCP server billing", "the policy runs for the server's own tokens")
                .doesNotContain("it lacks the policy");
    }

    private static void put(List<String> policies) {
        ObjectNode flow = Json.object().put("name", "own").put("type", "TOKEN").put("enabled", true);
        ArrayNode steps = flow.putArray("pre");
        policies.forEach(policy -> steps.addObject()
                .put("name", "step")
                .put("policy", policy)
                .put("description", "")
                .put("enabled", true)
                .put("configuration", "{}"));
        flow.putArray("post");
        Http.Answer saved = domain.manage(
                "PUT",
                "/protected-resources/" + domain.serverId("billing") + "/flows",
                Json.array().add(flow).toString());
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
    }
}
