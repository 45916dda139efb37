package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mcpaccess.openfga.StoredTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tuples as CSV with the columns of OpenFGA's command line, of which the first line has the names. */
public final class TupleCsv {

    /** As strict as the rest of a store file: a member that stands twice may be a limit. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TupleCsv() {}

    /**
     * Reads a file's text.
     *
     * @param file its name, for messages
     * @param text what is in it
     * @return the tuples in their order; what they say of a model is not checked
     * @throws StoreFileException where a line is none, with its number
     */
    public static List<StoredTuple> read(String file, String text) throws StoreFileException {
        List<StoredTuple> tuples = new ArrayList<>();
        new CsvTuples(file, JSON).read(text, (tuple, place) -> tuples.add(tuple));
        return tuples;
    }

    /**
     * Writes tuples.
     *
     * @param tuples the tuples
     * @return all columns, a tuple a record, lines that end with a line feed; reading it gives the same tuples
     */
    public static String write(List<StoredTuple> tuples) {
        return Stream.concat(
                        Stream.of(String.join(",", CsvTuples.COLUMNS)),
                        tuples.stream().map(TupleCsv::line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(StoredTuple tuple) {
        String user = tuple.key().user();
        String object = tuple.key().object();
        int relation = user.indexOf('#');
        String id = relation < 0 ? user : user.substring(0, relation);
        return Stream.of(
                        before(id),
                        after(id),
                        relation < 0 ? "" : user.substring(relation + 1),
                        tuple.key().relation(),
                        before(object),
                        after(object),
                        tuple.condition().map(StoredTuple.Condition::name).orElse(""),
                        tuple.condition().map(TupleCsv::context).orElse(""))
                .map(TupleCsv::quoted)
                .collect(Collectors.joining(","));
    }

    private static String before(String name) {
        return name.substring(0, name.indexOf(':'));
    }

    private static String after(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static String context(StoredTuple.Condition condition) {
        try {
            return condition.context().isEmpty() ? "" : JSON.writeValueAsString(condition.context());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A context is made of what JSON has", e);
        }
    }

    private static String quoted(String value) {
        return value.matches("[^\",\\s]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
