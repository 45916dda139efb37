package io.mcpaccess.sandbox.shared;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The database that both nodes use: named tables of JSON documents, in memory, gone when the sandbox stops. */
public final class Database {
    private final ConcurrentMap<String, Table> tables = new ConcurrentHashMap<>();

    /**
     * Gives a table, creating it at first use.
     *
     * @param name its name
     * @return the table; the same object for the same name
     */
    public Table table(String name) {
        return tables.computeIfAbsent(name, ignored -> new Table());
    }
}
