package io.mcpaccess.sandbox.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpaccess.sandbox.shared.Table;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The table of audit entries. Written for every decision and seldom read: what is kept is the entry's own JSON, which is written once
 * and read where somebody looks. Safe for any thread; never blocks.
 */
public final class AuditRows {
    private final Table table;
    private final ObjectMapper mapper;
    /** Who waits for an entry looks at the same ones over and over. */
    private final Cache<String, AuditRow> parsed =
            Caffeine.newBuilder().maximumSize(10_000).build();

    AuditRows(Table table, ObjectMapper mapper) {
        this.table = table;
        this.mapper = mapper;
    }

    /**
     * Keeps an entry.
     *
     * @param id its identifier
     * @param json the entry, with its members id, domain, type, timestamp and outcome.status
     */
    public void add(String id, String json) {
        table.save(id, json);
    }

    /**
     * Forgets an entry.
     *
     * @param id its identifier, null forgets nothing
     */
    public void remove(String id) {
        if (id != null) {
            table.remove(id);
        }
    }

    /**
     * Lists the entries that match.
     *
     * @param condition what to match
     * @return the matching entries, in no order
     */
    public Stream<AuditRow> where(Predicate<AuditRow> condition) {
        return table.all().stream().map(json -> parsed.get(json, this::read)).filter(condition);
    }

    private AuditRow read(String json) {
        try {
            JsonNode entry = mapper.readTree(json);
            return new AuditRow(
                    entry.path("id").asText(),
                    entry.path("domain").textValue(),
                    entry.path("type").asText(),
                    entry.path("outcome").path("status").asText(),
                    entry.path("timestamp").asLong(),
                    json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit entry of the sandbox cannot be read", e);
        }
    }
}
