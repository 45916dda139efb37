package io.mcpaccess.engine.console;

import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * An answer to the console.
 *
 * @param status the HTTP status
 * @param body what becomes its JSON; null for none
 */
record ConsoleAnswer(int status, Object body) {

    static ConsoleAnswer ok(Object body) {
        return new ConsoleAnswer(200, body);
    }

    static ConsoleAnswer created(Object body) {
        return new ConsoleAnswer(201, body);
    }

    static ConsoleAnswer noContent() {
        return new ConsoleAnswer(204, null);
    }

    /** In the form of AM's own errors. */
    static ConsoleAnswer error(int status, String message) {
        return new ConsoleAnswer(status, Map.of("message", message, "http_status", status));
    }

    Response toResponse() {
        Response.ResponseBuilder builder = Response.status(status);
        if (body != null) {
            builder.type("application/json;charset=utf-8").entity(ConsoleJson.write(body));
        }
        return builder.header("Cache-Control", "no-store").build();
    }
}
