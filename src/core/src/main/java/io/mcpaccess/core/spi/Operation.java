package io.mcpaccess.core.spi;

import java.util.Optional;

/** The names of the operations of the engine SPI. */
enum Operation {
    EVALUATIONS("evaluations"),
    SETTINGS("settings"),
    OFFERED("offered"),
    SEARCH_SUBJECT(EngineOperations.SEARCH_SUBJECT),
    SEARCH_RESOURCE(EngineOperations.SEARCH_RESOURCE),
    SEARCH_ACTION(EngineOperations.SEARCH_ACTION),
    EXPLAIN("explain");

    private static final Operation[] ALL = values();

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static Optional<Operation> named(String name) {
        for (Operation each : ALL) {
            if (each.wireName.equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
