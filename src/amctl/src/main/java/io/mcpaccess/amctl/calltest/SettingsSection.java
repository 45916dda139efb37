package io.mcpaccess.amctl.calltest;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.decision.AccessSettings.Setting;
import io.mcpaccess.core.decision.AccessSettings.SharedToolNames;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.mcp.ToolObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings of the engine by the names that they have there, as far as they matter for calls with a token. */
final class SettingsSection {

    private static final List<String> NAMES = List.of(
            "toolObject",
            "subject",
            "checkClient",
            "clientRelation",
            "sharedToolNames",
            "permissionMode",
            "shadowServers",
            "agentSubject");

    private SettingsSection() {}

    static AccessSettings read(PlacedValue section) throws TestFileFault {
        Map<String, PlacedValue> members = section.members("mcp_settings", NAMES);
        AccessSettings is = AccessSettings.DEFAULTS;
        PlacedValue checkClient = members.get("checkClient");
        PlacedValue shadowServers = members.get("shadowServers");
        boolean checksClient = checkClient != null && checkClient.flag("checkClient");
        Set<String> shadowed = shadowServers == null ? Set.of() : new HashSet<>(shadowServers.texts("shadowServers"));
        String relation = text(members, "clientRelation");
        String object = text(members, "toolObject");
        try {
            return new AccessSettings(
                    is.scopeCheck(),
                    is.unknownTools(),
                    Setting.named(
                            SharedToolNames.values(),
                            text(members, "sharedToolNames"),
                            is.sharedToolNames(),
                            "sharedToolNames"),
                    Setting.named(SubjectName.values(), text(members, "subject"), is.subject(), "subject"),
                    object == null ? is.toolObject() : new ToolObject(object),
                    checksClient,
                    relation == null ? is.clientRelation() : relation,
                    is.checkActor(),
                    is.callers(),
                    Setting.named(
                            PermissionMode.values(),
                            text(members, "permissionMode"),
                            is.permissionMode(),
                            "permissionMode"),
                    shadowed,
                    Setting.named(
                            AgentSubject.values(), text(members, "agentSubject"), is.agentSubject(), "agentSubject"),
                    is.boundTokens());
        } catch (IllegalArgumentException e) {
            throw section.fault(e.getMessage());
        }
    }

    private static String text(Map<String, PlacedValue> members, String name) throws TestFileFault {
        return members.containsKey(name) ? members.get(name).text(name) : null;
    }
}
