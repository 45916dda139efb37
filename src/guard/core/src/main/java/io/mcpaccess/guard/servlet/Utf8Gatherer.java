package io.mcpaccess.guard.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns bytes of UTF-8, cut anywhere, into text. */
final class Utf8Gatherer {
    private final ServerMessages target;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];

    Utf8Gatherer(ServerMessages target) {
        this.target = target;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer input = ByteBuffer.allocate(rest.length + length);
        input.put(rest).put(bytes, offset, length).flip();
        CharBuffer output = CharBuffer.allocate(input.remaining() + 1);
        decoder.decode(input, output, false);
        rest = new byte[input.remaining()];
        input.get(rest);
        target.write(output.array(), 0, output.position());
    }

    void flush() throws IOException {
        target.flush();
    }

    void close() throws IOException {
        target.close();
    }
}
