package io.mcpaccess.core.mcp;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An MCP server registered in AM (a protected resource of type {@code MCP_SERVER}).
 *
 * @param clientId the client id of its protected resource; names the server in permissions
 * @param name its name for people
 * @param resourceIdentifiers the values of {@code resource} and of a token's audience that mean this server (RFC 8707),
 *     lower-cased as AM stores them
 * @param tools what it offers, or that AM has not loaded it yet
 */
public record McpServer(String clientId, String name, Set<String> resourceIdentifiers, Tools tools) {

    public McpServer {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(tools, "tools");
        name = name == null ? clientId : name;
        resourceIdentifiers = Set.copyOf(resourceIdentifiers);
    }

    /** The tools of a server. "Not loaded" is never "no such tool": a rule that confused them would fail open. */
    public sealed interface Tools {

        /** AM has not given the tools yet. */
        record NotLoaded() implements Tools {}

        /**
         * The server was changed and is being read again. What it had may keep another server's tool shut, and opens nothing.
         *
         * @param last the tools of before the change
         */
        record Changing(Loaded last) implements Tools {}

        /**
         * The tools are known.
         *
         * @param byKey the tools by their keys, unmodifiable
         */
        record Loaded(Map<String, McpTool> byKey) implements Tools {

            public Loaded {
                byKey = Collections.unmodifiableMap(new LinkedHashMap<>(byKey));
            }

            /**
             * Known tools.
             *
             * @param tools the tools, keys unique
             * @return the same by key
             */
            public static Loaded of(Collection<McpTool> tools) {
                Map<String, McpTool> byKey = new LinkedHashMap<>();
                tools.forEach(tool -> byKey.put(tool.key(), tool));
                return new Loaded(byKey);
            }
        }
    }

    /**
     * Whether the tools are known.
     *
     * @return {@code false} while AM has not loaded them
     */
    public boolean isLoaded() {
        return tools instanceof Tools.Loaded;
    }

    /**
     * One tool; ask {@link #isLoaded()} first.
     *
     * @param key the tool's exact key
     * @return the tool, or nothing where the server has none or its tools are not loaded
     */
    public Optional<McpTool> tool(String key) {
        return tools instanceof Tools.Loaded loaded
                ? Optional.ofNullable(loaded.byKey().get(key))
                : Optional.empty();
    }

    /**
     * Whether there is anything to go by where another server's tool is asked about.
     *
     * @return {@code true} where the tools are known, or were before a change that is being read
     */
    public boolean isKnown() {
        return !(tools instanceof Tools.NotLoaded);
    }

    /**
     * Whether the server has or had a tool, for questions about another server's tool alone.
     *
     * @param key the tool's exact key
     * @return whether it is known to have it; ask {@link #isKnown()} first
     */
    public boolean isKnownToHave(String key) {
        return tools instanceof Tools.Changing changing
                ? changing.last().byKey().containsKey(key)
                : tool(key).isPresent();
    }

    /**
     * Whether a token with this audience was issued for this server (RFC 8707, section 2). A token without an audience
     * was issued for nobody.
     *
     * @param audience the token's audience
     * @return whether it names one of the server's resource identifiers, to the letter
     */
    public boolean isAudienceOf(List<String> audience) {
        return !Collections.disjoint(audience, resourceIdentifiers);
    }
}
