package io.mcpaccess.registry.impact;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.KnownMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tuples as JSON: {@code {user, relation, object, condition?: {name, context?}}}. */
final class TupleJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private TupleJson() {}

    static List<StoredTuple> tuples(ObjectNode json, String member) {
        List<StoredTuple> tuples = new ArrayList<>();
        for (JsonNode tuple : list(json, member)) {
            String place = member + "[" + tuples.size() + "]";
            JsonNode condition = tuple.path("condition");
            if (tuple.hasNonNull("condition") && !condition.isObject()) {
                throw new InvalidDeclarationException(
                        place + ".condition must be an object with a name and a context.");
            }
            // A misspelt condition would look like a permission for good.
            known(tuple, place, "user", "relation", "object", "condition");
            known(condition, place + ".condition", "name", "context");
            tuples.add(new StoredTuple(
                    key(tuple, place),
                    condition.isObject()
                            ? Optional.of(new StoredTuple.Condition(
                                    text(condition, "name", place + ".condition"),
                                    object(condition.path("context"), place + ".condition.context")))
                            : Optional.empty()));
        }
        return tuples;
    }

    static List<TupleKey> keys(ObjectNode json, String member) {
        List<TupleKey> keys = new ArrayList<>();
        for (JsonNode tuple : list(json, member)) {
            String place = member + "[" + keys.size() + "]";
            known(tuple, place, "user", "relation", "object", "condition");
            keys.add(key(tuple, place));
        }
        return keys;
    }

    /** Refuses members that mean nothing, by their names. */
    static void known(JsonNode json, String place, String... members) {
        KnownMembers.fault(json, place, members).ifPresent(fault -> {
            throw new InvalidDeclarationException(fault + ".");
        });
    }

    private static JsonNode list(ObjectNode json, String member) {
        JsonNode list = json.path(member);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw new InvalidDeclarationException(member + " must be a list of tuples.");
        }
        return list;
    }

    private static TupleKey key(JsonNode tuple, String place) {
        return new TupleKey(text(tuple, "user", place), text(tuple, "relation", place), text(tuple, "object", place));
    }

    private static String text(JsonNode json, String member, String place) {
        if (!json.path(member).isTextual() || json.path(member).asText().isEmpty()) {
            throw new InvalidDeclarationException(place + "." + member + " is missing.");
        }
        return json.path(member).asText();
    }

    static Map<String, Object> object(JsonNode json, String place) {
        if (json.isMissingNode() || json.isNull()) {
            return Map.of();
        }
        if (!json.isObject()) {
            throw new InvalidDeclarationException(place + " must be an object.");
        }
        return JSON.convertValue(json, OBJECT);
    }
}
