package io.mcpaccess.core.spi;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.Setting;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.core.mcp.ToolObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON of the engine SPI as maps, both ways. What is not as agreed throws; it is never read as an allow. */
final class EngineSpiJson {

    private static final String DEADLINE = "deadlineMillis";
    private static final String AUDITED_PERMITS = "auditedPermitsOneIn";

    /** In which domain an engine is asked; stands in the input of the operations that every caller begins with. */
    static final String DOMAIN = "domain";

    private EngineSpiJson() {}

    static Map<String, Object> subject(Subject subject) {
        return Map.of("type", subject.type(), "id", subject.id(), "properties", subject.properties());
    }

    static Subject subject(Object json) {
        Map<String, Object> map = object(json);
        return new Subject(text(map, "type"), text(map, "id"), object(map.get("properties")));
    }

    static Map<String, Object> resource(Resource resource) {
        return Map.of("type", resource.type(), "id", resource.id(), "properties", resource.properties());
    }

    static Resource resource(Object json) {
        Map<String, Object> map = object(json);
        return new Resource(text(map, "type"), text(map, "id"), object(map.get("properties")));
    }

    static Map<String, Object> action(Action action) {
        return Map.of("name", action.name(), "properties", action.properties());
    }

    static Action action(Object json) {
        Map<String, Object> map = object(json);
        return new Action(text(map, "name"), object(map.get("properties")));
    }

    static Map<String, Object> question(EvaluationRequest request) {
        return question(subject(request.subject()), action(request.action()), request);
    }

    /** A question whose subject and action are written already. */
    static Map<String, Object> question(
            Map<String, Object> subject, Map<String, Object> action, EvaluationRequest request) {
        return Map.of(
                "subject",
                subject,
                "action",
                action,
                "resource",
                resource(request.resource()),
                "context",
                request.context());
    }

    static EvaluationRequest question(Object json) {
        return question(json, new SharedObjects());
    }

    /** Questions that were given one object of properties or context share one here too. */
    static EvaluationRequest question(Object json, SharedObjects shared) {
        Map<String, Object> map = object(json);
        Map<String, Object> resource = object(map.get("resource"));
        return new EvaluationRequest(
                shared.subject(map.get("subject")),
                shared.action(map.get("action")),
                new Resource(text(resource, "type"), text(resource, "id"), shared.object(resource.get("properties"))),
                shared.object(map.get("context")));
    }

    static Map<String, Object> decision(Decision decision) {
        return Map.of("decision", decision.decision(), "context", decision.context());
    }

    static Decision decision(Object json) {
        Map<String, Object> map = object(json);
        return new Decision(Boolean.TRUE.equals(map.get("decision")), object(map.get("context")));
    }

    static Map<String, Object> page(SearchPage page) {
        return Map.of("results", page.results(), "truncated", page.truncated(), "context", page.context());
    }

    static SearchPage page(Map<String, Object> map) {
        List<Map<String, Object>> results = new ArrayList<>();
        list(map.get("results")).forEach(each -> results.add(object(each)));
        // Only a plain "false" says that nothing is missing.
        return new SearchPage(results, !Boolean.FALSE.equals(map.get("truncated")), object(map.get("context")));
    }

    static Map<String, Object> terms(EngineTerms terms) {
        AccessSettings settings = terms.access();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("scopeCheck", settings.scopeCheck().wireName());
        map.put("unknownTools", settings.unknownTools().wireName());
        map.put("sharedToolNames", settings.sharedToolNames().wireName());
        map.put("subject", settings.subject().wireName());
        map.put("toolObject", settings.toolObject().template());
        map.put("checkClient", settings.checkClient());
        map.put("clientRelation", settings.clientRelation());
        map.put("checkActor", settings.checkActor());
        map.put("callers", List.copyOf(settings.callers()));
        map.put("permissionMode", settings.permissionMode().wireName());
        map.put("shadowServers", List.copyOf(settings.shadowServers()));
        map.put("agentSubject", settings.agentSubject().wireName());
        map.put("boundTokens", settings.boundTokens().wireName());
        map.put(AUDITED_PERMITS, terms.audits().oneIn());
        terms.deadline().ifPresent(limit -> map.put(DEADLINE, limit.toMillis()));
        return map;
    }

    static EngineTerms terms(Map<String, Object> map) {
        return new EngineTerms(settings(map), audits(map), deadline(map));
    }

    private static AccessSettings settings(Map<String, Object> map) {
        return new AccessSettings(
                Setting.named(AccessSettings.ScopeCheck.values(), map.get("scopeCheck"), null, "scopeCheck"),
                Setting.named(AccessSettings.UnknownTools.values(), map.get("unknownTools"), null, "unknownTools"),
                Setting.named(
                        AccessSettings.SharedToolNames.values(), map.get("sharedToolNames"), null, "sharedToolNames"),
                Setting.named(AccessSettings.SubjectName.values(), map.get("subject"), null, "subject"),
                new ToolObject(text(map, "toolObject")),
                flag(map, "checkClient"),
                text(map, "clientRelation"),
                flag(map, "checkActor"),
                strings(map.get("callers")),
                // An engine of before shadow mode enforces.
                Setting.named(
                        AccessSettings.PermissionMode.values(),
                        map.get("permissionMode"),
                        AccessSettings.PermissionMode.ENFORCE,
                        "permissionMode"),
                map.containsKey("shadowServers") ? strings(map.get("shadowServers")) : Set.of(),
                Setting.named(
                        AgentSubject.values(),
                        map.get("agentSubject"),
                        AccessSettings.DEFAULTS.agentSubject(),
                        "agentSubject"),
                Setting.named(
                        BoundTokens.values(),
                        map.get("boundTokens"),
                        AccessSettings.DEFAULTS.boundTokens(),
                        "boundTokens"));
    }

    /** An engine of an older version wants all of them, and so does one that says it in another way. */
    private static AuditRule audits(Map<String, Object> map) {
        return map.get(AUDITED_PERMITS) instanceof Integer oneIn ? new AuditRule(oneIn) : AuditRule.ALL;
    }

    /** An engine of an older version says none. */
    private static Optional<Duration> deadline(Map<String, Object> map) {
        return map.get(DEADLINE) instanceof Number millis && millis.longValue() > 0
                ? Optional.of(Duration.ofMillis(millis.longValue()))
                : Optional.empty();
    }

    static Set<String> strings(Object json) {
        Set<String> strings = new LinkedHashSet<>();
        list(json).forEach(each -> strings.add((String) each));
        return strings;
    }

    static Collection<?> list(Object json) {
        if (json instanceof Collection<?> values) {
            return values;
        }
        throw new IllegalArgumentException("A list was expected at the engine SPI.");
    }

    static Map<String, Object> object(Object json) {
        if (json == null) {
            return Map.of();
        }
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("An object was expected at the engine SPI.");
        }
        return typed(map);
    }

    /** Both sides write texts for names; what is read of it is looked up by name, so another key is never seen. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> typed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    static String text(Map<String, Object> map, String member) {
        if (map.get(member) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("The engine SPI lacks the member " + member + ".");
    }

    private static boolean flag(Map<String, Object> map, String member) {
        if (map.get(member) instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException("The engine SPI lacks the member " + member + ".");
    }
}
