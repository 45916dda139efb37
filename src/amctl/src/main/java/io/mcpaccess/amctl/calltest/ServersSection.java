package io.mcpaccess.amctl.calltest;

import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** MCP servers as {@code amctl declare} takes them, as they are once they are registered. */
final class ServersSection {

    private static final List<String> SERVER =
            List.of("name", "description", "resourceIdentifiers", "scopeTemplate", "tools", "import", "credentials");
    private static final List<String> TOOL = List.of("key", "description", "scopes", "annotations");

    private final Map<String, String> clientIds;

    /** {@code clientIds} names servers in permissions, by their names; others are their own. */
    ServersSection(Map<String, String> clientIds) {
        this.clientIds = clientIds;
    }

    List<McpServer> read(PlacedValue section) throws TestFileFault {
        List<McpServer> servers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PlacedValue each : section.list("servers")) {
            McpServer server = server(each);
            if (!names.add(server.name())) {
                throw each.fault("there are two servers of the name " + server.name());
            }
            servers.add(server);
        }
        return servers;
    }

    private McpServer server(PlacedValue value) throws TestFileFault {
        Map<String, PlacedValue> members = value.members("a server", SERVER);
        String name = value.required(members, "name", "the server").text("the name of a server");
        if (members.containsKey("import")) {
            throw members.get("import")
                    .fault("what a live server offers is not known here: write the tools of " + name + " down");
        }
        Set<String> identifiers = new LinkedHashSet<>();
        value.required(members, "resourceIdentifiers", "the server " + name)
                .texts("resourceIdentifiers")
                .forEach(identifier -> identifiers.add(identifier.toLowerCase(Locale.ROOT)));
        String template = members.containsKey("scopeTemplate")
                ? members.get("scopeTemplate").text("scopeTemplate")
                : "tools:{tool}";
        if (template.contains("{access}")) {
            throw members.get("scopeTemplate").fault("{access} is not read here: give the tools their scopes");
        }
        List<McpTool> tools = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        if (members.containsKey("tools")) {
            for (PlacedValue each : members.get("tools").list("tools")) {
                McpTool tool = tool(each, template.replace("{server}", word(name)));
                if (!keys.add(tool.key())) {
                    throw each.fault(name + " has the tool " + tool.key() + " twice");
                }
                tools.add(tool);
            }
        }
        return new McpServer(clientIds.getOrDefault(name, name), name, identifiers, McpServer.Tools.Loaded.of(tools));
    }

    private static McpTool tool(PlacedValue value, String template) throws TestFileFault {
        Map<String, PlacedValue> members = value.members("a tool", TOOL);
        String key = value.required(members, "key", "the tool").text("the key of a tool");
        Set<String> scopes = members.containsKey("scopes")
                ? new LinkedHashSet<>(members.get("scopes").texts("scopes"))
                : Set.of(template.replace("{tool}", key));
        return new McpTool(key, "", scopes, null);
    }

    private static String word(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("^-+|-+$", "");
    }
}
