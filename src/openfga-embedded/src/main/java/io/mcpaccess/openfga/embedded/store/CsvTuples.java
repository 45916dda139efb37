package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads tuples from a CSV file (RFC 4180: quoted values may go over lines) whose first line names the columns, as OpenFGA's command
 * line has it. For one file and one thread.
 */
final class CsvTuples {

    /** In the order in which OpenFGA's command line writes them. */
    static final List<String> COLUMNS = List.of(
            "user_type",
            "user_id",
            "user_relation",
            "relation",
            "object_type",
            "object_id",
            "condition_name",
            "condition_context");

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final String file;
    private final ObjectMapper json;
    private List<String> columns = List.of();
    private int line;
    private List<String> values;

    CsvTuples(String file, ObjectMapper json) {
        this.file = file;
        this.json = json;
    }

    /** Whether a text begins as a file of tuples does. */
    static boolean isMeant(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .filter(line -> COLUMNS.containsAll(new CsvRecords(line).next().values()))
                .isPresent();
    }

    void read(String text, TupleParser.Sink sink) throws StoreFileException {
        CsvRecords records = new CsvRecords(text);
        for (CsvRecords.Row row = records.next(); row != null; row = records.next()) {
            line = row.line();
            values = row.values();
            if (row.isOpen()) {
                throw fault("a quote is opened in this record and not closed");
            }
            if (row.isBlank()) {
                continue;
            }
            if (columns.isEmpty()) {
                head();
            } else {
                sink.tuple(tuple(), place());
            }
        }
    }

    private void head() throws StoreFileException {
        for (String column : values) {
            if (!COLUMNS.contains(column)) {
                String columns = "; the columns are " + String.join(", ", COLUMNS);
                throw new StoreFileException(
                        place(),
                        "there is no column \"" + column + "\"" + columns,
                        "there is no such column" + columns);
            }
            if (values.indexOf(column) != values.lastIndexOf(column)) {
                throw fault("the column \"" + column + "\" stands twice");
            }
        }
        columns = values;
    }

    private StoredTuple tuple() throws StoreFileException {
        if (values.size() != columns.size()) {
            throw fault("the line has " + values.size() + " values, and the first line names " + columns.size()
                    + " columns; give each column a value, which may be empty");
        }
        String user = required("user_type") + ":" + required("user_id");
        String userRelation = optional("user_relation");
        TupleKey key = new TupleKey(
                userRelation.isEmpty() ? user : user + "#" + userRelation,
                required("relation"),
                required("object_type") + ":" + required("object_id"));
        String condition = optional("condition_name");
        if (condition.isEmpty() && !optional("condition_context").isEmpty()) {
            throw fault("the tuple has a condition_context and no condition_name: it would hold for good");
        }
        return new StoredTuple(
                key,
                condition.isEmpty() ? Optional.empty() : Optional.of(new StoredTuple.Condition(condition, context())));
    }

    private Map<String, Object> context() throws StoreFileException {
        String context = optional("condition_context");
        try {
            return context.isEmpty() ? Map.of() : json.readValue(context, OBJECT);
        } catch (JsonProcessingException e) {
            throw fault("condition_context is not a JSON object; write it as {\"name\": value}");
        }
    }

    private String required(String column) throws StoreFileException {
        String value = optional(column);
        if (value.isEmpty()) {
            throw fault("the tuple has no " + column);
        }
        return value;
    }

    private String optional(String column) {
        int at = columns.indexOf(column);
        return at < 0 ? "" : values.get(at);
    }

    private Place place() {
        return new Place(file, line, 0);
    }

    private StoreFileException fault(String message) {
        return new StoreFileException(place(), message);
    }
}
