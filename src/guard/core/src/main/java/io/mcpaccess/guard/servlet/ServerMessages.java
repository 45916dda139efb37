package io.mcpaccess.guard.servlet;

import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads what the server writes, message by message, and passes on what the filter leaves of each. In an event stream a
 * message is a {@code data} line; else it is the whole body. What is not readable or too long is dropped, never passed on
 * raw. A byte order mark at the beginning, which clients do not see, is no part of the first line (WHATWG HTML, parsing
 * an event stream).
 */
final class ServerMessages extends Writer {
    private static final String DATA = "data:";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** The lines of an event beside its data: end of the event, comment, id, name, and time until the next attempt. */
    private static final Pattern HARMLESS = Pattern.compile("|:.*|(id|event|retry)(:.*)?", Pattern.DOTALL);

    /** A message that is longer is not read: it would be a list of some ten thousand tools. */
    private static final int MOST_CHARACTERS = 1 << 24;

    private final Function<String, Optional<String>> filter;
    private final boolean eventStream;
    private final Writer client;
    private final int mostCharacters;
    private final StringBuilder pending = new StringBuilder();
    private boolean begun;
    private boolean lastWasReturn;
    private boolean finished;

    ServerMessages(Function<String, Optional<String>> filter, boolean eventStream, Writer client) {
        this(filter, eventStream, client, MOST_CHARACTERS);
    }

    ServerMessages(Function<String, Optional<String>> filter, boolean eventStream, Writer client, int mostCharacters) {
        super(client);
        this.mostCharacters = mostCharacters;
        this.filter = filter;
        this.eventStream = eventStream;
        this.client = client;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        for (int index = offset; index < offset + length; index++) {
            if (begun || text[index] != BYTE_ORDER_MARK) {
                character(text[index]);
            }
            begun = true;
        }
    }

    /** Only whole lines go out: a flush in the middle of a line must not show its beginning. */
    @Override
    public void flush() throws IOException {
        client.flush();
    }

    @Override
    public void close() throws IOException {
        finish();
        client.close();
    }

    /** The server writes no more: the message that is still open ends here. */
    void finish() throws IOException {
        if (!finished && !eventStream && !pending.isEmpty() && pending.length() <= mostCharacters) {
            client.write(filter.apply(pending.toString()).orElse(""));
        }
        finished = true;
    }

    /** An event stream's lines end with CR, LF or both (WHATWG HTML, event stream format). */
    private void character(char one) throws IOException {
        boolean secondHalf = lastWasReturn && one == '\n';
        lastWasReturn = one == '\r';
        if (!eventStream || one != '\n' && one != '\r') {
            if (pending.length() <= mostCharacters) {
                pending.append(one);
            }
        } else if (!secondHalf) {
            if (pending.length() <= mostCharacters) {
                line(pending.toString());
            }
            pending.setLength(0);
        }
    }

    private void line(String line) throws IOException {
        if (HARMLESS.matcher(line).matches()) {
            client.write(line + "\n");
        } else if (line.startsWith(DATA)) {
            Optional<String> kept = filter.apply(line.substring(DATA.length()));
            if (kept.isPresent()) {
                client.write(DATA + " " + kept.get().strip() + "\n");
            }
        }
    }
}
