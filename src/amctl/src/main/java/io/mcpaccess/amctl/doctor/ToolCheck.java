package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.tuples.ToolForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether each registered tool can be decided about, has its scopes, and is nobody else's too. */
final class ToolCheck {
    private ToolCheck() {}

    static List<Finding> of(ManagedDomain domain) {
        JsonNode servers = domain.openEngine().mcpServers();
        if (servers.isEmpty()) {
            return List.of(Finding.note(
                    "no MCP server is registered",
                    "there is nothing to protect yet",
                    "amctl import " + domain.id() + " ENDPOINT, or in the console"));
        }
        List<Finding> findings = new ArrayList<>();
        Map<String, List<String>> owners = new LinkedHashMap<>();
        int tools = 0;
        for (JsonNode server : servers) {
            String name = server.path("name").asText();
            if (server.path("tools").isEmpty()) {
                findings.add(Finding.warning(
                        "MCP server " + name + " has no tools",
                        "every call of it is refused (tool_unknown)",
                        "amctl import " + domain.id() + " ENDPOINT"));
            }
            for (JsonNode tool : server.path("tools")) {
                tools++;
                owners.computeIfAbsent(tool.path("key").asText(), key -> new ArrayList<>())
                        .add(name);
                tool(domain, name, tool, findings);
            }
        }
        shared(domain, owners, servers.size(), findings);
        findings.add(Finding.ok(servers.size() + " MCP servers with " + tools + " tools looked at"));
        return findings;
    }

    private static void tool(ManagedDomain domain, String server, JsonNode tool, List<Finding> findings) {
        String name = "tool " + tool.path("key").asText() + " of " + server;
        if (!tool.path("scopesDefined").asBoolean(true)) {
            findings.add(Finding.error(
                    name + " needs a scope that the domain does not define",
                    "no application can get a token for it, and its server cannot be changed in the console",
                    "amctl scopes " + domain.id()));
        }
        if (tool.path("scopes").isEmpty()) {
            findings.add(Finding.note(
                    name + " needs no scope",
                    "every token for the server opens it, the permission alone decides",
                    "give it a scope in the console, or with amctl declare"));
        }
        if (tool.hasNonNull("decidable") && !tool.path("decidable").asBoolean()) {
            findings.add(Finding.error(
                    name + " cannot be decided about",
                    "the model has no such type or relation (model_mismatch), so nobody may call it",
                    "add type tool with the relation can_call to the model"));
        }
    }

    private static void shared(
            ManagedDomain domain, Map<String, List<String>> owners, int servers, List<Finding> findings) {
        JsonNode engine = domain.engineConfiguration();
        if (ToolForm.of(engine.path("toolObject").asText("")) == ToolForm.QUALIFIED) {
            return;
        }
        String mend = "amctl tuples qualify " + domain.id() + " --apply, then the engine's toolObject "
                + ToolForm.QUALIFIED.template();
        boolean isOpened = "allow".equals(engine.path("sharedToolNames").asText(""));
        boolean isShared = false;
        for (Map.Entry<String, List<String>> tool : owners.entrySet()) {
            if (tool.getValue().size() > 1) {
                isShared = true;
                String what = "tool " + tool.getKey() + " is registered by " + String.join(" and ", tool.getValue());
                findings.add(
                        isOpened
                                ? Finding.warning(what, "one permission opens it on all of them", mend)
                                : Finding.error(what, "nobody can call it on either (tool_ambiguous)", mend));
            }
        }
        if (servers > 1 && !isShared) {
            findings.add(Finding.note(
                    "the domain has " + servers + " MCP servers, and permissions name tools alone",
                    "a server that registers another's tool closes it for everybody",
                    mend));
        }
    }
}
