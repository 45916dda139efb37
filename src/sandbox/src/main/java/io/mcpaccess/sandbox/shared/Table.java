package io.mcpaccess.sandbox.shared;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One table of the shared database: JSON documents by identifier. Safe for any thread; never blocks. */
public final class Table {
    private final ConcurrentMap<String, String> rows = new ConcurrentHashMap<>();

    /**
     * Finds a document.
     *
     * @param id its identifier
     * @return the JSON text, empty where there is none
     */
    public Optional<String> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /**
     * Lists all documents.
     *
     * @return a snapshot, in no order
     */
    public List<String> all() {
        return List.copyOf(rows.values());
    }

    /**
     * Writes a document, replacing the one that was there.
     *
     * @param id its identifier
     * @param json the JSON text
     */
    public void save(String id, String json) {
        rows.put(id, json);
    }

    /**
     * Removes a document and hands it to exactly one caller, which is what makes an authorization code single use.
     *
     * @param id its identifier
     * @return the JSON text that was removed, empty where there was none
     */
    public Optional<String> remove(String id) {
        return Optional.ofNullable(rows.remove(id));
    }
}
