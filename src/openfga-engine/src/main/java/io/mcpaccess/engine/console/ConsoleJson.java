package io.mcpaccess.engine.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.openfga.BackendHealth;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoreHealth;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.plan.KnownMembers;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The JSON of the console's calls. */
final class ConsoleJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private ConsoleJson() {}

    static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer of ours is no JSON", e);
        }
    }

    /** Reads JSON of our own making. */
    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store gave something that is no JSON", e);
        }
    }

    /** Reads a request's body, which must be an object. */
    static ObjectNode object(String body) {
        try {
            if (JSON.readTree(body == null ? "" : body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new RegistryException(
                    400,
                    "The body is no JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")");
        }
        throw new RegistryException(400, "The body must be a JSON object");
    }

    static StoredTuple tuple(ObjectNode body) {
        JsonNode condition = body.path("condition");
        // A misspelt condition would make the permission hold for good.
        known(body, "A tuple", "user", "relation", "object", "condition");
        if (body.hasNonNull("condition") && !condition.isObject()) {
            throw new RegistryException(400, "'condition' must be an object with a name and a context");
        }
        known(condition, "The condition of a tuple", "name", "context");
        return new StoredTuple(
                key(body),
                condition.isObject()
                        ? Optional.of(
                                new StoredTuple.Condition(text(condition, "name"), map(condition.path("context"))))
                        : Optional.empty());
    }

    static Map<String, Object> tuple(StoredTuple tuple) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", tuple.key().user());
        json.put("relation", tuple.key().relation());
        json.put("object", tuple.key().object());
        tuple.condition()
                .ifPresent(condition ->
                        json.put("condition", Map.of("name", condition.name(), "context", condition.context())));
        return json;
    }

    static PermissionQuestion question(ObjectNode body, ConditionClock clock) {
        known(body, "A question", "user", "relation", "object", "context");
        return PermissionQuestion.of(key(body), clock.completed(map(body.path("context"))));
    }

    static ConsoleAnswer checked(CheckResult result) {
        if (result instanceof CheckResult.Unavailable unavailable) {
            return ConsoleAnswer.error(503, unavailable.detail());
        }
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("reason_code", result.reasonCode());
        if (result instanceof CheckResult.Denied denied && !denied.detail().isEmpty()) {
            context.put("detail", denied.detail());
        }
        return ConsoleAnswer.ok(Map.of("allowed", result.isAllowed(), "context", context));
    }

    static CompletionStage<ConsoleAnswer> health(StoreHealth store, ShadowMode shadow) {
        return store.health()
                .thenCombine(
                        store.warnings(),
                        (health, warnings) -> ConsoleAnswer.ok(health(health, shadow, warnings, store.cacheFigures())));
    }

    private static Map<String, Object> health(
            BackendHealth health, ShadowMode shadow, List<String> warnings, Map<String, Long> cache) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reachable", health.reachable());
        json.put("modelId", health.modelId().orElse(null));
        json.put("breaker", health.breaker());
        json.put("detail", health.detail());
        health.followedAt().ifPresent(at -> json.put("followedAt", at.toString()));
        json.putAll(shadow.toJson());
        json.put(
                "warnings",
                Stream.concat(shadow.warning().stream(), warnings.stream()).toList());
        json.put("cache", cache);
        return json;
    }

    private static void known(JsonNode json, String what, String... members) {
        KnownMembers.fault(json, what, members).ifPresent(fault -> {
            throw new RegistryException(400, fault);
        });
    }

    private static TupleKey key(JsonNode body) {
        return new TupleKey(text(body, "user"), text(body, "relation"), text(body, "object"));
    }

    private static String text(JsonNode body, String member) {
        JsonNode value = body.path(member);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new RegistryException(400, "'" + member + "' is missing or is no text");
        }
        return value.asText();
    }

    private static Map<String, Object> map(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw new RegistryException(400, "'context' must be an object");
        }
        return JSON.convertValue(value, OBJECT);
    }
}
