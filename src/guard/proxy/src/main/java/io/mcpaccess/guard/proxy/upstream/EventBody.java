package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.answer.EventStream;
import io.mcpaccess.guard.proxy.settings.StreamTimes;
import io.mcpaccess.guard.sse.EventReader;
import io.mcpaccess.guard.sse.ServerEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.OptionalLong;

/** A body of events: read by events and written anew, so that no client sees more in it than was looked at. */
final class EventBody implements ServerAnswer, EventReader.Sink {
    private static final int MOST_CHARACTERS = 1 << 24;

    private final ClientAnswer client;
    private final MultiMap headers;
    private final int status;
    private final EventStream events;
    private final EventReader reader = new EventReader(this, MOST_CHARACTERS);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];

    EventBody(
            Vertx vertx,
            AllowedRequest allowed,
            ClientAnswer client,
            MultiMap headers,
            int status,
            StreamTimes times,
            InstantSource clock) {
        this.client = client;
        this.status = status;
        this.headers = headers.set("Content-Type", "text/event-stream;charset=utf-8");
        VisibleMessages visible = new VisibleMessages(vertx, allowed.decision().list());
        EventStream.Rules rules = new EventStream.Rules(
                visible, allowed.decision().session()::eventForClient, times.heartbeat(), allowed.expiry());
        this.events = new EventStream(client, rules, clock, vertx);
    }

    @Override
    public void begin() {
        client.begin(status, headers, OptionalLong.empty());
        client.sendHead();
    }

    @Override
    public boolean take(Buffer part) {
        ByteBuffer input = ByteBuffer.allocate(rest.length + part.length());
        input.put(rest).put(part.getBytes()).flip();
        CharBuffer output = CharBuffer.allocate(input.remaining() + 1);
        decoder.decode(input, output, false);
        rest = new byte[input.remaining()];
        input.get(rest);
        try {
            reader.read(output.array(), 0, output.position());
        } catch (IOException thisSinkThrowsNone) {
            throw new UncheckedIOException(thisSinkThrowsNone);
        }
        return !events.isBusy();
    }

    @Override
    public void event(ServerEvent event) {
        events.event(event);
    }

    @Override
    public void comment(String text) {
        events.comment(text);
    }

    @Override
    public void onFree(Runnable task) {
        events.onFree(task);
    }

    @Override
    public void end() {
        events.end();
    }

    @Override
    public void close() {
        events.close();
    }
}
