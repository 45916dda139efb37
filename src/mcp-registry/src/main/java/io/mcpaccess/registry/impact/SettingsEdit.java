package io.mcpaccess.registry.impact;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.decision.AccessSettings.Setting;
import io.mcpaccess.core.decision.AccessSettings.SharedToolNames;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import io.mcpaccess.core.mcp.ToolObject;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Settings of the engine that change, by the names that they have in its configuration. */
@FunctionalInterface
public interface SettingsEdit extends UnaryOperator<AccessSettings> {

    /** The settings that make a difference to who may call what. */
    Set<String> NAMES = Set.of(
            "toolObject",
            "subject",
            "checkClient",
            "clientRelation",
            "sharedToolNames",
            "permissionMode",
            "shadowServers");

    /**
     * Reads the settings.
     *
     * @param json an object, or nothing
     * @return what they make of others
     * @throws InvalidDeclarationException where a name or value is none; the message lists the right ones
     */
    static SettingsEdit read(JsonNode json) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!NAMES.contains(name)) {
                throw new InvalidDeclarationException("The setting '" + name
                        + "' changes nobody's calls, or is none; there are "
                        + String.join(", ", NAMES.stream().sorted().toList()) + ".");
            }
        }
        SettingsEdit edit = settings -> edited(settings, json);
        edit.apply(AccessSettings.DEFAULTS);
        return edit;
    }

    private static AccessSettings edited(AccessSettings is, JsonNode json) {
        try {
            return new AccessSettings(
                    is.scopeCheck(),
                    is.unknownTools(),
                    Setting.named(
                            SharedToolNames.values(),
                            json.path("sharedToolNames").asText(null),
                            is.sharedToolNames(),
                            "sharedToolNames"),
                    Setting.named(SubjectName.values(), json.path("subject").asText(null), is.subject(), "subject"),
                    json.hasNonNull("toolObject")
                            ? new ToolObject(json.path("toolObject").asText())
                            : is.toolObject(),
                    json.hasNonNull("checkClient") ? json.path("checkClient").asBoolean() : is.checkClient(),
                    json.path("clientRelation").asText(is.clientRelation()),
                    is.checkActor(),
                    is.callers(),
                    Setting.named(
                            PermissionMode.values(),
                            json.path("permissionMode").asText(null),
                            is.permissionMode(),
                            "permissionMode"),
                    json.has("shadowServers") ? texts(json.path("shadowServers")) : is.shadowServers(),
                    is.agentSubject(),
                    is.boundTokens());
        } catch (IllegalArgumentException e) {
            throw new InvalidDeclarationException(e.getMessage());
        }
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
