package io.mcpaccess.core.mcp;

import java.util.Objects;

/**
 * How a tool is named in permissions: {@code tool:{tool}} as AM's documents have it, or {@code tool:{server}/{tool}},
 * which keeps two servers' tools of one name apart.
 *
 * @param template the setting, always one of the two forms
 */
public record ToolObject(String template) {

    /** Names the tool alone. */
    public static final ToolObject UNQUALIFIED = new ToolObject("tool:{tool}");

    /** Names server and tool. */
    public static final ToolObject QUALIFIED = new ToolObject("tool:{server}/{tool}");

    private static final String SERVER = "{server}";
    private static final String TOOL = "{tool}";

    public ToolObject {
        Objects.requireNonNull(template, "template");
        if (!template.equals("tool:{tool}") && !template.equals("tool:{server}/{tool}")) {
            throw new IllegalArgumentException(
                    "toolObject must be tool:{tool} or tool:{server}/{tool}, but is " + template + ".");
        }
    }

    /**
     * The type that a question about a tool has.
     *
     * @return the part before the colon
     */
    public String type() {
        return template.substring(0, template.indexOf(':'));
    }

    /**
     * Whether two servers' tools of one name are told apart.
     *
     * @return whether the template names the server
     */
    public boolean isQualified() {
        return template.contains(SERVER);
    }

    /**
     * The identifier of a tool in permissions.
     *
     * @param server the server's client id
     * @param tool the tool's key
     * @return the part behind the colon, filled in
     */
    public String id(String server, String tool) {
        return template.substring(template.indexOf(':') + 1)
                .replace(SERVER, server)
                .replace(TOOL, tool);
    }
}
