package io.mcpaccess.engine.embedded.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.core.openfga.TupleKey;
import io.mcpaccess.engine.backend.StoredTuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Tuples and where they stand, from a YAML, JSON (which is YAML) or CSV file as OpenFGA's command line has them. */
final class TupleFile {

    private static final List<String> TUPLE_MEMBERS = List.of("user", "relation", "object", "condition");
    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<Placed> tuples;

    private TupleFile(Path file, List<Placed> tuples) {
        this.file = file;
        this.tuples = tuples;
    }

    /** Where a tuple stands: line and column, counted from 1, and the line. */
    record Place(int line, int column, String text) {}

    record Placed(StoredTuple tuple, Place place) {}

    static TupleFile read(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".csv")) {
            return ofCsv(file);
        }
        if (!name.endsWith(".yaml") && !name.endsWith(".yml") && !name.endsWith(".json")) {
            throw new StoreFileException(
                    file, 0, 0, "", "a tuple file of this kind is not known", "Name it .yaml, .json or .csv");
        }
        YamlDocument document = YamlDocument.read(file);
        return of(document, document.root());
    }

    static TupleFile of(YamlDocument document, Node list) {
        List<Placed> tuples = new ArrayList<>();
        for (Node item : document.items(list, "the list of tuples")) {
            int line = item.getStartMark().getLine() + 1;
            Place place = new Place(line, item.getStartMark().getColumn() + 1, document.line(line));
            tuples.add(new Placed(tuple(document, item), place));
        }
        return new TupleFile(document.file(), tuples);
    }

    private static StoredTuple tuple(YamlDocument document, Node item) {
        Map<String, Node> members = document.members(item, "a tuple", TUPLE_MEMBERS);
        for (String required : List.of("user", "relation", "object")) {
            if (YamlDocument.isNull(members.get(required))) {
                throw document.fault(item, "the tuple has no " + required, "A tuple has user, relation and object");
            }
        }
        TupleKey key = new TupleKey(
                document.scalar(members.get("user"), "user"),
                document.scalar(members.get("relation"), "relation"),
                document.scalar(members.get("object"), "object"));
        Node condition = members.get("condition");
        return new StoredTuple(
                key, YamlDocument.isNull(condition) ? Optional.empty() : Optional.of(condition(document, condition)));
    }

    private static StoredTuple.Condition condition(YamlDocument document, Node node) {
        Map<String, Node> members = document.members(node, "a condition", List.of("name", "context"));
        if (YamlDocument.isNull(members.get("name"))) {
            throw document.fault(node, "the condition has no name", "Name a condition of the model");
        }
        Map<String, Object> context = new LinkedHashMap<>();
        if (!YamlDocument.isNull(members.get("context"))) {
            document.members(members.get("context"), "a context", List.of())
                    .forEach((name, value) -> context.put(name, document.value(value)));
        }
        return new StoredTuple.Condition(document.scalar(members.get("name"), "name"), context);
    }

    StoreFileException fault(Place place, String problem, String remedy) {
        return new StoreFileException(file, place.line(), place.column(), place.text(), problem, remedy);
    }

    List<Placed> tuples() {
        return tuples;
    }

    private static TupleFile ofCsv(Path file) {
        CsvTable table = CsvTable.read(file);
        List<Placed> tuples = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            String user = table.value(row, "user_type") + ":" + table.value(row, "user_id");
            String userRelation = table.optional(row, "user_relation");
            TupleKey key = new TupleKey(
                    userRelation.isEmpty() ? user : user + "#" + userRelation,
                    table.value(row, "relation"),
                    table.value(row, "object_type") + ":" + table.value(row, "object_id"));
            String condition = table.optional(row, "condition_name");
            Optional<StoredTuple.Condition> stored = condition.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StoredTuple.Condition(condition, csvContext(table, row)));
            tuples.add(new Placed(new StoredTuple(key, stored), new Place(row.line(), 0, row.text())));
        }
        return new TupleFile(file, tuples);
    }

    private static Map<String, Object> csvContext(CsvTable table, CsvTable.Row row) {
        String context = table.optional(row, "condition_context");
        try {
            return context.isEmpty() ? Map.of() : JSON.readValue(context, JSON_OBJECT);
        } catch (JsonProcessingException e) {
            throw table.fault(row, "condition_context is not a JSON object", "Write it as {\"name\": value}");
        }
    }
}
