package io.mcpaccess.sandbox.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpaccess.sandbox.shared.Table;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A typed view of a shared table. Safe for any thread; never blocks.
 *
 * @param <T> the record that a row is
 */
public final class Rows<T> {
    private final Table table;
    private final ObjectMapper mapper;
    private final Class<T> type;
    private final Function<T, String> key;
    /** Rows are immutable, so one text is read once: lookups run on event loops. */
    private final Cache<String, T> parsed =
            Caffeine.newBuilder().maximumSize(10_000).build();

    Rows(Table table, ObjectMapper mapper, Class<T> type, Function<T, String> key) {
        this.table = table;
        this.mapper = mapper;
        this.type = type;
        this.key = key;
    }

    /**
     * Finds a row by its key.
     *
     * @param id the key, null finds nothing
     * @return the row, empty where there is none
     */
    public Optional<T> find(String id) {
        return id == null ? Optional.empty() : table.find(id).map(this::row);
    }

    /**
     * Lists the rows that match.
     *
     * @param condition what to match
     * @return the matching rows, in no order
     */
    public Stream<T> where(Predicate<T> condition) {
        return table.all().stream().map(this::row).filter(condition);
    }

    /**
     * Writes a row, replacing the one with its key.
     *
     * @param row the row
     * @return the same row
     */
    public T save(T row) {
        table.save(key.apply(row), write(row));
        return row;
    }

    /**
     * Removes a row; of several callers exactly one gets it.
     *
     * @param id the key
     * @return the removed row, empty where there was none
     */
    public Optional<T> take(String id) {
        return id == null ? Optional.empty() : table.remove(id).map(this::row);
    }

    /**
     * Removes the rows that match.
     *
     * @param condition what to match
     */
    public void removeWhere(Predicate<T> condition) {
        where(condition).map(key).toList().forEach(table::remove);
    }

    private T row(String json) {
        return parsed.get(json, this::read);
    }

    private T read(String json) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of " + type.getSimpleName() + " cannot be read", e);
        }
    }

    private String write(T row) {
        try {
            return mapper.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of " + type.getSimpleName() + " cannot be written", e);
        }
    }
}
