package io.mcpaccess.guard.sse;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads an event stream, text cut anywhere (WHATWG HTML, interpreting an event stream). Lines end with CR, LF or both; a byte
 * order mark before the first is no part of it; several data lines are one message; fields that no client knows are
 * dropped, and so is an event that does not end or is too long. For one thread.
 */
public final class EventReader {
    /** Where events go. */
    public interface Sink {
        /**
         * @param event a whole event
         * @throws IOException when it cannot be passed on
         */
        void event(ServerEvent event) throws IOException;

        /**
         * @param text a comment, without its colon: what keeps a connection alive
         * @throws IOException when it cannot be passed on
         */
        void comment(String text) throws IOException;
    }

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Sink sink;
    private final int mostCharacters;
    private final StringBuilder line = new StringBuilder();
    private boolean begun;
    private boolean lastWasReturn;
    private boolean lineTooLong;

    private Optional<String> id = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Optional<String> retry = Optional.empty();
    private StringBuilder data;
    private boolean eventTooLong;

    /**
     * @param sink where events go
     * @param mostCharacters of one event; a longer one is dropped
     */
    public EventReader(Sink sink, int mostCharacters) {
        this.sink = sink;
        this.mostCharacters = mostCharacters;
    }

    /**
     * @param text the next part of the stream
     * @param offset where it begins
     * @param length how long it is
     * @throws IOException when the sink throws it
     */
    public void read(char[] text, int offset, int length) throws IOException {
        for (int index = offset; index < offset + length; index++) {
            if (begun || text[index] != BYTE_ORDER_MARK) {
                character(text[index]);
            }
            begun = true;
        }
    }

    private void character(char one) throws IOException {
        boolean secondHalf = lastWasReturn && one == '\n';
        lastWasReturn = one == '\r';
        if (one != '\n' && one != '\r') {
            if (line.length() < mostCharacters) {
                line.append(one);
            } else {
                lineTooLong = true;
            }
        } else if (!secondHalf) {
            endOfLine();
        }
    }

    private void endOfLine() throws IOException {
        String whole = line.toString();
        line.setLength(0);
        if (lineTooLong) {
            lineTooLong = false;
            eventTooLong = true;
        } else if (whole.isEmpty()) {
            endOfEvent();
        } else if (whole.charAt(0) == ':') {
            sink.comment(whole.substring(1));
        } else {
            int colon = whole.indexOf(':');
            String value = colon < 0 ? "" : whole.substring(colon + 1);
            field(colon < 0 ? whole : whole.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "data" -> data(value);
            case "event" -> type = Optional.of(value);
            case "id" -> id = value.indexOf('\0') < 0 ? Optional.of(value) : id;
            case "retry" -> retry = isDigits(value) ? Optional.of(value) : retry;
            default -> {
                // No client knows it.
            }
        }
    }

    private void data(String value) {
        if (data == null) {
            data = new StringBuilder(value);
        } else if (data.length() + value.length() < mostCharacters) {
            data.append('\n').append(value);
        } else {
            eventTooLong = true;
        }
    }

    private void endOfEvent() throws IOException {
        ServerEvent event =
                new ServerEvent(id, type, retry, Optional.ofNullable(data).map(StringBuilder::toString));
        boolean whole = !eventTooLong;
        id = Optional.empty();
        type = Optional.empty();
        retry = Optional.empty();
        data = null;
        eventTooLong = false;
        if (whole) {
            sink.event(event);
        }
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(one -> one >= '0' && one <= '9');
    }
}
