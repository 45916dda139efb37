package io.mcpaccess.engine.console;

import java.util.Map;

/**
 * An answer to the console.
 *
 * @param status the HTTP status
 * @param body what becomes its JSON; null for none
 */
record Answer(int status, Object body) {

    static Answer ok(Object body) {
        return new Answer(200, body);
    }

    static Answer created(Object body) {
        return new Answer(201, body);
    }

    static Answer noContent() {
        return new Answer(204, null);
    }

    /** In the form of AM's own errors. */
    static Answer error(int status, String message) {
        return new Answer(status, Map.of("message", message, "http_status", status));
    }
}
