package io.mcpaccess.guard.sse;

import java.util.Optional;

/**
 * One event of a stream. Prints no data.
 *
 * @param id what a client resumes the stream by; may be the empty text, which forgets the id before
 * @param type the event's name
 * @param retry milliseconds until a client tries again, digits
 * @param data the data, lines joined with line feeds; empty where the event has none, and no client sees it then
 */
public record ServerEvent(Optional<String> id, Optional<String> type, Optional<String> retry, Optional<String> data) {
    /**
     * @param id of the event; empty for none
     * @param data of the event; empty for none
     * @return the same with these
     */
    public ServerEvent with(Optional<String> id, Optional<String> data) {
        return new ServerEvent(id, type, retry, data);
    }

    /**
     * @return whether it has nothing at all, as between two comments
     */
    public boolean isEmpty() {
        return id.isEmpty() && type.isEmpty() && retry.isEmpty() && data.isEmpty();
    }

    /**
     * @return the event as text, every line with its field's name, with the empty line at its end; nothing for an event
     *     that has nothing
     */
    public String written() {
        StringBuilder text = new StringBuilder();
        id.ifPresent(value -> field(text, "id", value));
        type.ifPresent(value -> field(text, "event", value));
        retry.ifPresent(value -> field(text, "retry", value));
        data.ifPresent(value -> {
            for (String line : value.split("\n", -1)) {
                field(text, "data", line);
            }
        });
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    @Override
    public String toString() {
        return "ServerEvent[type=" + type + "]";
    }
}
