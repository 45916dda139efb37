package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * A list of tuples in the form that tools write it: an item of three lines, {@code user}, {@code relation} and
 * {@code object}, and perhaps a condition. It is read line by line, several times as fast as YAML is. A list that holds
 * anything else is none of these, as a whole: the reader of YAML takes it, and says what is wrong with it. So it does with
 * the last item of any list and with what comes behind it: it tells some faults by the place before.
 */
final class PlainTuples {

    /** So many texts of conditions are remembered: most stores have few, and those that have many gain nothing. */
    private static final int REMEMBERED = 1000;

    private final String file;
    private final String text;
    private final int from;
    private final int fromLine;
    private final ObjectMapper yaml;
    private final Queue<StoredTuple.Condition> conditions = new ArrayDeque<>();
    private final Map<String, StoredTuple.Condition> known = new HashMap<>();
    private int count;
    private int last;
    private int lastLine;

    private PlainTuples(String file, String text, int from, int fromLine, ObjectMapper yaml) {
        this.file = file;
        this.text = text;
        this.from = from;
        this.fromLine = fromLine;
        this.yaml = yaml;
    }

    /**
     * Looks whether a list is a plain one.
     *
     * @param file the file's name, for places
     * @param from where the line behind {@code tuples:} begins, or the file
     * @param fromLine that line's number, counted from 1
     * @param yaml reads conditions
     * @return the list, or nothing where it is for the reader of YAML
     */
    static Optional<PlainTuples> at(String file, String text, int from, int fromLine, ObjectMapper yaml) {
        PlainTuples tuples = new PlainTuples(file, text, from, fromLine, yaml);
        try {
            return tuples.isPlain() ? Optional.of(tuples) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** How many tuples there are. */
    int count() {
        return count;
    }

    /** The text for the reader of YAML: empty lines in the place of all items but the last. */
    String rest() {
        return text.substring(0, from) + "\n".repeat(lastLine - fromLine) + text.substring(last);
    }

    /** Gives the tuples of all items but the last, in order. Once. */
    void read(TupleParser.Sink sink) throws IOException {
        PlainLines lines = new PlainLines(text, from, fromLine);
        PlainItem item = new PlainItem(lines, (start, end, column) -> conditions.remove());
        while (lines.start() != last && item.read()) {
            sink.tuple(item.tuple(), new Place(file, item.line(), item.column()));
        }
    }

    private boolean isPlain() throws IOException {
        PlainLines lines = new PlainLines(text, from, fromLine);
        PlainItem item = new PlainItem(lines, this::condition);
        int dash = item.isMore() ? lines.indent() : 0;
        while (item.isAt()) {
            last = lines.start();
            lastLine = lines.number();
            count++;
            if (lines.indent() != dash || !item.read()) {
                return false;
            }
        }
        // A member of the store follows, or nothing; anything else may still belong to the list.
        return count > 1 && (!item.isMore() || lines.indent() == 0 && lines.isLetter());
    }

    /** What stands alone between two lines of this depth means the same read alone. */
    private StoredTuple.Condition condition(int start, int end, int column) throws IOException {
        if (!PlainLines.isPrintable(text, start, end)) {
            throw new IOException("for the reader of YAML");
        }
        String alone = " ".repeat(column) + text.substring(start, end);
        StoredTuple.Condition condition = known.get(alone);
        if (condition == null) {
            condition = read(alone);
            if (known.size() < REMEMBERED) {
                known.put(alone, condition);
            }
        }
        conditions.add(condition);
        return condition;
    }

    private StoredTuple.Condition read(String alone) throws IOException {
        try (JsonParser in = yaml.createParser(alone)) {
            in.nextToken();
            in.nextToken();
            in.nextToken();
            StoredTuple.Condition condition = new TupleParser(file, in, yaml).condition();
            if (condition == null || in.nextToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
                throw new IOException("for the reader of YAML");
            }
            return condition;
        }
    }
}
