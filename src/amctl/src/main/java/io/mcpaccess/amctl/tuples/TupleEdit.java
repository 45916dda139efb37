package io.mcpaccess.amctl.tuples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.grants.StoredGrant;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What a file of tuples changes in a store.
 *
 * @param writes tuples that are not there, or not with this condition
 * @param deletes tuples that go; those of them that are written too get another condition
 * @param unchanged how many of the file need nothing
 */
public record TupleEdit(List<JsonNode> writes, List<JsonNode> deletes, int unchanged) {

    /** Numbers by their value, as a store may write 5 where a file has 5.0. */
    private static final Comparator<JsonNode> VALUES = (one, other) -> {
        boolean areNumbers = one.isNumber()
                && other.isNumber()
                && Double.isFinite(one.doubleValue())
                && Double.isFinite(other.doubleValue());
        return areNumbers ? one.decimalValue().compareTo(other.decimalValue()) : one.equals(other) ? 0 : 1;
    };

    public TupleEdit {
        writes = List.copyOf(writes);
        deletes = List.copyOf(deletes);
    }

    /**
     * The file's tuples shall be there, with their conditions.
     *
     * @param file the tuples of the file
     * @param store those of the store
     * @return what changes
     */
    public static TupleEdit adding(Iterable<JsonNode> file, List<JsonNode> store) {
        Map<String, JsonNode> present = byKey(store);
        List<JsonNode> writes = new ArrayList<>();
        List<JsonNode> deletes = new ArrayList<>();
        Map<String, JsonNode> wanted = byKey(file);
        wanted.forEach((key, tuple) -> {
            JsonNode old = present.get(key);
            if (old == null || !hasSameCondition(old, tuple)) {
                writes.add(tuple);
                if (old != null) {
                    deletes.add(old);
                }
            }
        });
        return new TupleEdit(writes, deletes, wanted.size() - writes.size());
    }

    /**
     * The file's tuples shall be gone, whatever their condition.
     *
     * @param file the tuples of the file
     * @param store those of the store
     * @return what changes
     */
    public static TupleEdit removing(Iterable<JsonNode> file, List<JsonNode> store) {
        Map<String, JsonNode> present = byKey(store);
        Map<String, JsonNode> wanted = byKey(file);
        List<JsonNode> deletes = wanted.keySet().stream()
                .filter(present::containsKey)
                .map(present::get)
                .toList();
        return new TupleEdit(List.of(), deletes, wanted.size() - deletes.size());
    }

    private static boolean hasSameCondition(JsonNode one, JsonNode other) {
        return condition(one).equals(VALUES, condition(other));
    }

    /** One form for all that mean the same: a context that is missing is an empty one. */
    private static ObjectNode condition(JsonNode tuple) {
        ObjectNode condition = Json.object();
        if (tuple.path("condition").isObject()) {
            condition.put("name", tuple.path("condition").path("name").asText());
            JsonNode context = tuple.path("condition").path("context");
            condition.set("context", context.isMissingNode() || context.isNull() ? Json.object() : context);
        }
        return condition;
    }

    private static Map<String, JsonNode> byKey(Iterable<JsonNode> tuples) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        tuples.forEach(tuple -> byKey.put(key(tuple), tuple));
        return byKey;
    }

    private static String key(JsonNode tuple) {
        return tuple.path("user").asText() + " " + tuple.path("relation").asText() + " "
                + tuple.path("object").asText();
    }

    /**
     * Whether nothing changes.
     *
     * @return true if so
     */
    public boolean isNone() {
        return writes.isEmpty() && deletes.isEmpty();
    }

    /**
     * As the registry and amctl's answers have it.
     *
     * @return {@code writes} and {@code deletes}
     */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        ArrayNode written = json.putArray("writes");
        writes.forEach(written::add);
        ArrayNode deleted = json.putArray("deletes");
        deletes.forEach(deleted::add);
        return json;
    }

    private static void restore(AmEngine engine, JsonNode old, RuntimeException first) {
        try {
            engine.addTuple(old);
        } catch (AmFailure | CommandFailure e) {
            throw new CommandFailure(
                    e instanceof CommandFailure failure ? failure.code() : ExitCode.FAILED,
                    "The permission " + new StoredGrant(old).words()
                            + " was deleted to get another condition and may be lost: AM took it neither so"
                            + " nor as it was. The same call again writes it. " + first.getMessage());
        }
    }

    /**
     * Makes the change, one tuple after the other; repeated after a failure it goes on where it ended.
     *
     * @param engine the domain's engine
     * @param progress hears how many are done
     */
    public void apply(AmEngine engine, IntConsumer progress) {
        Map<String, JsonNode> gone = byKey(deletes);
        int done = 0;
        for (JsonNode tuple : writes) {
            JsonNode old = gone.remove(key(tuple));
            if (old != null) {
                engine.removeTuple(old);
            }
            try {
                engine.addTuple(tuple);
            } catch (AmFailure | CommandFailure e) {
                if (old != null) {
                    restore(engine, old, e);
                }
                throw e;
            }
            progress.accept(++done);
        }
        for (JsonNode tuple : gone.values()) {
            engine.removeTuple(tuple);
            progress.accept(++done);
        }
    }
}
