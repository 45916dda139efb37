package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.sse.EventReader;
import io.mcpaccess.guard.sse.ServerEvent;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what the server writes, message by message, and passes on what the filter leaves of each. In an event stream a
 * message is the data of an event; else it is the whole body. What is not readable or too long is dropped, never passed on
 * raw.
 */
final class ServerMessages extends Writer {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A message that is longer is not read: it would be a list of some ten thousand tools. */
    static final int MOST_CHARACTERS = 1 << 24;

    private final Function<String, Optional<String>> filter;
    private final Function<String, Optional<String>> eventIds;
    private final boolean eventStream;
    private final Writer client;
    private final int mostCharacters;
    private final EventReader events;
    private final StringBuilder body = new StringBuilder();
    private boolean finished;

    /**
     * @param filter what may be seen of a message; nothing drops it
     * @param eventIds how a client gets to see the id of an event; nothing leaves it out
     * @param eventStream whether the server writes events
     * @param client where to write
     * @param mostCharacters of one message
     */
    ServerMessages(
            Function<String, Optional<String>> filter,
            Function<String, Optional<String>> eventIds,
            boolean eventStream,
            Writer client,
            int mostCharacters) {
        super(client);
        this.filter = filter;
        this.eventIds = eventIds;
        this.eventStream = eventStream;
        this.client = client;
        this.mostCharacters = mostCharacters;
        this.events = new EventReader(new Passing(), mostCharacters);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        if (eventStream) {
            events.read(text, offset, length);
        } else if (body.length() <= mostCharacters) {
            body.append(text, offset, length);
        }
    }

    /** Only whole events go out: a flush in the middle of one must not show its beginning. */
    @Override
    public void flush() throws IOException {
        client.flush();
        LateWriter.requireClient(client);
    }

    @Override
    public void close() throws IOException {
        finish();
        client.close();
    }

    /** The server writes no more: the message that is still open ends here. */
    void finish() throws IOException {
        if (!finished && !body.isEmpty() && body.length() <= mostCharacters) {
            boolean marked = body.charAt(0) == BYTE_ORDER_MARK;
            client.write(
                    filter.apply(marked ? body.substring(1) : body.toString()).orElse(""));
        }
        finished = true;
    }

    private final class Passing implements EventReader.Sink {
        @Override
        public void event(ServerEvent event) throws IOException {
            if (event.isEmpty()) {
                // The empty line behind a comment.
                client.write("\n");
                return;
            }
            Optional<String> data = event.data().flatMap(filter);
            Optional<String> id =
                    event.id().flatMap(given -> given.isEmpty() ? Optional.of("") : eventIds.apply(given));
            client.write(event.with(id, data).written());
        }

        @Override
        public void comment(String text) throws IOException {
            client.write(":" + text + "\n");
        }
    }
}
