package io.mcpaccess.amctl.protect;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.protect.Item.Change;
import io.mcpaccess.amctl.tuples.ToolForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a plan says about a domain's MCP servers, and leaves as it is. */
final class ServerNotes {
    private ServerNotes() {}

    /**
     * Flows of single servers. AM runs them, and not the domain's, for tokens that a server gets as a client itself
     * (ProtectedResource.toClient of AM 4.13 leaves Client.flowsInherited off unless its settings say so).
     */
    static List<Item> flows(ManagedDomain domain) {
        List<Item> items = new ArrayList<>();
        for (Map.Entry<String, JsonNode> server : domain.flowsOfMcpServers().entrySet()) {
            String what = "flow TOKEN of the MCP server " + server.getKey();
            items.add(
                    hasPolicy(server.getValue())
                            ? new Item(what, Change.UNCHANGED, "the policy runs for the server's own tokens")
                            : new Item(
                                    what,
                                    Change.KEPT,
                                    "it lacks the policy, so tokens that the server itself gets are not looked at; add it"
                                            + " there in the console if the server calls tools of others"));
        }
        return items;
    }

    private static boolean hasPolicy(JsonNode flows) {
        for (JsonNode flow : flows) {
            for (String phase : List.of("pre", "post")) {
                for (JsonNode step : flow.path(phase)) {
                    if (DomainFlows.POLICY.equals(step.path("policy").asText())
                            && step.path("enabled").asBoolean(true)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** With a second server names begin to meet. */
    static List<Item> names(ManagedDomain domain) {
        try {
            boolean isPlain = domain.engine().isPresent()
                    && ToolForm.of(domain.engineConfiguration()
                                    .path("toolObject")
                                    .asText(""))
                            == ToolForm.PLAIN;
            if (!isPlain) {
                return List.of();
            }
            int servers = domain.openEngine().mcpServers().size();
            return servers < 2
                    ? List.of()
                    : List.of(new Item(
                            "names of tools",
                            Change.KEPT,
                            "the domain has " + servers + " MCP servers, and permissions name tools alone: "
                                    + ToolForm.QUALIFIED.template() + " keeps them apart, see amctl tuples qualify"));
        } catch (AmFailure e) {
            return List.of();
        }
    }
}
