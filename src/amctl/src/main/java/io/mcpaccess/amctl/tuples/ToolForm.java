package io.mcpaccess.amctl.tuples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How permissions name a tool: {@code tool:{tool}} or {@code tool:{server}/{tool}}, the two values of the engine's setting
 * {@code toolObject}. A server is its client id, in which only {@code :} and {@code %} are encoded, as the engine does it.
 */
public enum ToolForm {
    /** The tool alone. */
    PLAIN("tool:{tool}"),
    /** Server and tool. */
    QUALIFIED("tool:{server}/{tool}");

    private static final String TYPE = "tool:";

    private final String template;

    ToolForm(String template) {
        this.template = template;
    }

    /**
     * The engine's setting for this form.
     *
     * @return the template
     */
    public String template() {
        return template;
    }

    /**
     * The form that an engine is set to.
     *
     * @param toolObject the setting, may be empty for its default
     * @return the form
     */
    public static ToolForm of(String toolObject) {
        return QUALIFIED.template.equals(toolObject) ? QUALIFIED : PLAIN;
    }

    /**
     * The other form.
     *
     * @return the one that this is not
     */
    public ToolForm other() {
        return this == PLAIN ? QUALIFIED : PLAIN;
    }

    /**
     * The name of one server's tool.
     *
     * @param server the server as the registry lists it
     * @param tool the tool's key
     * @return the object that permissions name
     */
    public String name(JsonNode server, String tool) {
        return this == PLAIN
                ? TYPE + tool
                : TYPE + encoded(server.path("clientId").asText()) + "/" + tool;
    }

    /**
     * What a name may stand for.
     *
     * @param name an object, or the object of a userset
     * @param servers the registry's list
     * @return server and tool, one for each server whose tool it may be; empty if it names no registered tool in this form
     */
    List<Named> read(String name, JsonNode servers) {
        List<Named> found = new ArrayList<>();
        for (JsonNode server : servers) {
            for (JsonNode tool : server.path("tools")) {
                String key = tool.path("key").asText();
                if (name.equals(name(server, key))) {
                    found.add(new Named(server, key));
                }
            }
        }
        return found;
    }

    /** A registered tool. */
    record Named(JsonNode server, String tool) {
        String serverName() {
            return server.path("name").asText();
        }
    }

    /** The servers that have a tool of this key. */
    static List<String> serversWith(String tool, JsonNode servers) {
        List<String> names = new ArrayList<>();
        for (JsonNode server : servers) {
            Optional<JsonNode> has = Optional.empty();
            for (JsonNode each : server.path("tools")) {
                if (tool.equals(each.path("key").asText())) {
                    has = Optional.of(each);
                }
            }
            has.ifPresent(each -> names.add(server.path("name").asText()));
        }
        return names;
    }

    private static String encoded(String clientId) {
        return clientId.replace("%", "%25").replace(":", "%3A");
    }
}
