package io.mcpaccess.core.decision;

import io.mcpaccess.core.mcp.ToolObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What the domain's administrator decided about tool access; settings of the domain's authorization engine.
 *
 * @param scopeCheck when the token layers are asked
 * @param unknownTools what holds for a tool that no registered server has
 * @param sharedToolNames what holds for a tool name that two servers share
 * @param subject which of a token's names is the subject of permissions
 * @param toolObject how a tool is named in permissions
 * @param checkClient whether the application must hold a relation of its own
 * @param clientRelation that relation
 * @param checkActor whether the agents of an {@code act} claim need the permission too
 * @param callers client ids that may ask; empty means any application and MCP server of the domain
 * @param permissionMode whether the engine's answers hold, for every MCP server of the domain
 * @param shadowServers client ids of MCP servers for which the engine's answers are recorded and do not hold, whatever
 *     the mode
 * @param agentSubject which name of an agent application permissions are written with
 * @param boundTokens what holds for access tokens that are bound to a key or certificate
 */
public record AccessSettings(
        ScopeCheck scopeCheck,
        UnknownTools unknownTools,
        SharedToolNames sharedToolNames,
        SubjectName subject,
        ToolObject toolObject,
        boolean checkClient,
        String clientRelation,
        boolean checkActor,
        Set<String> callers,
        PermissionMode permissionMode,
        Set<String> shadowServers,
        AgentSubject agentSubject,
        BoundTokens boundTokens) {

    /** What holds where nothing is set, and for engines of somebody else. */
    public static final AccessSettings DEFAULTS = new AccessSettings(
            ScopeCheck.WHEN_PRESENTED,
            UnknownTools.ENGINE,
            SharedToolNames.DENY,
            SubjectName.USERNAME,
            ToolObject.UNQUALIFIED,
            false,
            "can_use",
            false,
            Set.of(),
            PermissionMode.ENFORCE,
            Set.of(),
            AgentSubject.BLUEPRINT,
            BoundTokens.PEP_PROVED);

    public AccessSettings {
        Objects.requireNonNull(scopeCheck, "scopeCheck");
        Objects.requireNonNull(unknownTools, "unknownTools");
        Objects.requireNonNull(sharedToolNames, "sharedToolNames");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(toolObject, "toolObject");
        Objects.requireNonNull(clientRelation, "clientRelation");
        Objects.requireNonNull(permissionMode, "permissionMode");
        Objects.requireNonNull(agentSubject, "agentSubject");
        Objects.requireNonNull(boundTokens, "boundTokens");
        callers = Set.copyOf(callers);
        shadowServers = Set.copyOf(shadowServers);
    }

    /**
     * The same with another say about permissions.
     *
     * @param mode whether the engine's answers hold, for every MCP server of the domain
     * @param servers client ids of MCP servers for which they do not, whatever the mode
     * @return new settings
     */
    public AccessSettings withPermissions(PermissionMode mode, Set<String> servers) {
        return new AccessSettings(
                scopeCheck,
                unknownTools,
                sharedToolNames,
                subject,
                toolObject,
                checkClient,
                clientRelation,
                checkActor,
                callers,
                mode,
                servers,
                agentSubject,
                boundTokens);
    }

    /**
     * The same with another say about the tokens of agents and about bound tokens.
     *
     * @param agents which name of an agent application permissions are written with
     * @param bound what holds for access tokens that are bound to a key or certificate
     * @return new settings
     */
    public AccessSettings withTokens(AgentSubject agents, BoundTokens bound) {
        return new AccessSettings(
                scopeCheck,
                unknownTools,
                sharedToolNames,
                subject,
                toolObject,
                checkClient,
                clientRelation,
                checkActor,
                callers,
                permissionMode,
                shadowServers,
                agents,
                bound);
    }

    /**
     * Whether a refusal by the engine is recorded instead of enforced.
     *
     * @param server the client id of the MCP server that the question is about
     * @return whether the domain or this server is in shadow mode
     */
    public boolean isShadowed(String server) {
        return permissionMode == PermissionMode.SHADOW || shadowServers.contains(server);
    }

    /**
     * Whether a tool name that two MCP servers share is denied, since permissions name the tool alone and would open both.
     *
     * @return false where permissions name the server too, or where one permission is meant to open both
     */
    public boolean refusesSharedToolNames() {
        return !toolObject.isQualified() && sharedToolNames == SharedToolNames.DENY;
    }

    /** Whether the engine's answers about tools hold. */
    public enum PermissionMode implements Setting {
        /** They do. */
        ENFORCE("enforce"),
        /** They are recorded, and calls that they refuse are let through. */
        SHADOW("shadow");

        private final String wireName;

        PermissionMode(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** When the token layers are asked about a tool. */
    public enum ScopeCheck implements Setting {
        /** Where the question carries a token. */
        WHEN_PRESENTED("whenPresented"),
        /** Always; a question about a tool without a token is denied. */
        REQUIRED("required");

        private final String wireName;

        ScopeCheck(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** What holds for a tool that no registered server has, asked about without a token. */
    public enum UnknownTools implements Setting {
        /** The engine alone decides; AM's own clients rely on that. */
        ENGINE("engine"),
        /** It is denied. */
        DENY("deny");

        private final String wireName;

        UnknownTools(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** What holds for a tool name that two servers share while permissions name the tool alone. */
    public enum SharedToolNames implements Setting {
        /** It is denied: a permission for one server's tool must not open the other's. */
        DENY("deny"),
        /** The permission opens both. */
        ALLOW("allow");

        private final String wireName;

        SharedToolNames(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** Which name of a token's user permissions are written with. */
    public enum SubjectName implements Setting {
        /** The username, as AM's documents have it. */
        USERNAME("username"),
        /** The {@code sub} claim. */
        SUB("sub"),
        /** Identity provider and username, for domains where two providers share names. */
        SOURCE_USERNAME("source/username");

        private final String wireName;

        SubjectName(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** A setting with a fixed set of values. */
    public interface Setting {

        /**
         * The value as it stands in the configuration.
         *
         * @return the value's name
         */
        String wireName();

        /**
         * Finds a value by its name.
         *
         * @param values all values
         * @param name the name, any case; {@code null} or empty gives the default
         * @param fallback the default
         * @param owner the setting's name, for the message
         * @param <T> the setting
         * @return the value
         * @throws IllegalArgumentException if the name is none; the message lists the right ones
         */
        static <T extends Setting> T named(T[] values, Object name, T fallback, String owner) {
            if (name == null || name.toString().isBlank()) {
                return fallback;
            }
            String wanted = name.toString().toLowerCase(Locale.ROOT);
            StringBuilder known = new StringBuilder();
            for (T value : values) {
                if (value.wireName().toLowerCase(Locale.ROOT).equals(wanted)) {
                    return value;
                }
                known.append(known.isEmpty() ? "" : ", ").append(value.wireName());
            }
            throw new IllegalArgumentException(owner + " must be one of " + known + ", but is " + name + ".");
        }
    }
}
