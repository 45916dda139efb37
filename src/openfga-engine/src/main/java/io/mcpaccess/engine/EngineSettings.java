package io.mcpaccess.engine;

import static io.mcpaccess.engine.Values.listOf;
import static io.mcpaccess.engine.Values.textOf;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.Setting;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.core.decision.ConditionClock.Precedence;
import io.mcpaccess.core.mcp.ToolObject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What an engine is set to do, checked.
 *
 * @param source where the data is
 * @param mapping how questions become checks
 * @param access what the administrator decided about tools
 * @param audits which decisions stand in the audit log
 * @param currentTime whose time conditions get
 */
record EngineSettings(
        Source source, CheckMapping mapping, AccessSettings access, AuditRule audits, Precedence currentTime) {

    EngineSettings {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(audits, "audits");
        Objects.requireNonNull(currentTime, "currentTime");
    }

    /**
     * Checks a configuration.
     *
     * @param configuration as AM has it
     * @return the settings
     * @throws IllegalArgumentException when a setting is wrong; the message names it, says what would be right, and
     *     holds no secret
     */
    static EngineSettings of(OpenFgaConfiguration configuration) {
        if (!configuration.faults().isEmpty()) {
            throw new IllegalArgumentException(String.join(". ", configuration.faults()));
        }
        return new EngineSettings(
                Source.of(configuration),
                mapping(configuration),
                access(configuration),
                audits(configuration),
                Setting.named(Precedence.values(), configuration.currentTime, Precedence.ENGINE, "currentTime"));
    }

    /** The same, with a clock for conditions. */
    EngineSettings withClock(BooleanSupplier isNeeded, InstantSource time) {
        ConditionClock clock = new ConditionClock(isNeeded, time, currentTime);
        return new EngineSettings(source, mapping.withClock(clock), access, audits, currentTime);
    }

    private static CheckMapping mapping(OpenFgaConfiguration c) {
        Map<String, String> aliases = new LinkedHashMap<>(CheckMapping.DEFAULT_ALIASES);
        for (OpenFgaConfiguration.ActionAlias alias : Values.complete("actionAliases", c.actionAliases)) {
            String action = textOf(alias.action)
                    .orElseThrow(() -> new IllegalArgumentException("actionAliases: an alias lacks its action"));
            String relation = textOf(alias.relation)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "actionAliases: the action '" + action + "' lacks its relation"));
            aliases.put(action, relation);
        }
        return new CheckMapping(aliases);
    }

    /** A sample's size is judged in any case: it is not to become wrong on the day when the choice changes. */
    private static AuditRule audits(OpenFgaConfiguration c) {
        int sample =
                Values.between("auditSample", c.auditSample, AuditRule.DEFAULT_SAMPLE, 2, AuditRule.LARGEST_SAMPLE);
        return AuditRule.of(
                Setting.named(AuditRule.Choice.values(), c.auditDecisions, AuditRule.Choice.ALL, "auditDecisions"),
                sample);
    }

    private static AccessSettings access(OpenFgaConfiguration c) {
        AccessSettings defaults = AccessSettings.DEFAULTS;
        return new AccessSettings(
                Setting.named(AccessSettings.ScopeCheck.values(), c.scopeCheck, defaults.scopeCheck(), "scopeCheck"),
                Setting.named(
                        AccessSettings.UnknownTools.values(), c.unknownTools, defaults.unknownTools(), "unknownTools"),
                Setting.named(
                        AccessSettings.SharedToolNames.values(),
                        c.sharedToolNames,
                        defaults.sharedToolNames(),
                        "sharedToolNames"),
                Setting.named(AccessSettings.SubjectName.values(), c.subject, defaults.subject(), "subject"),
                textOf(c.toolObject).map(ToolObject::new).orElse(defaults.toolObject()),
                Boolean.TRUE.equals(c.checkClient),
                textOf(c.clientRelation).orElse(defaults.clientRelation()),
                Boolean.TRUE.equals(c.checkActor),
                new LinkedHashSet<>(Values.names("callers", c.callers)),
                Setting.named(
                        AccessSettings.PermissionMode.values(),
                        c.permissionMode,
                        defaults.permissionMode(),
                        "permissionMode"),
                listOf(c.shadowServers).stream()
                        .flatMap(server -> textOf(server).stream())
                        .collect(Collectors.toSet()),
                Setting.named(AgentSubject.values(), c.agentSubject, defaults.agentSubject(), "agentSubject"),
                Setting.named(BoundTokens.values(), c.boundTokens, defaults.boundTokens(), "boundTokens"));
    }
}
