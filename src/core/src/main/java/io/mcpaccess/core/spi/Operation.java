package io.mcpaccess.core.spi;

import java.util.Arrays;
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

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static Optional<Operation> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.wireName.equals(name))
                .findFirst();
    }
}
