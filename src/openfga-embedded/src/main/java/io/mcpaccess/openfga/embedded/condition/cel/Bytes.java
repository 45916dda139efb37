package io.mcpaccess.openfga.embedded.condition.cel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value of the type {@code bytes}. */
final class Bytes {

    private final byte[] content;

    Bytes(byte[] content) {
        this.content = content;
    }

    static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Bytes plus(Bytes more) {
        byte[] sum = Arrays.copyOf(content, content.length + more.content.length);
        System.arraycopy(more.content, 0, sum, content.length, more.content.length);
        return new Bytes(sum);
    }

    int size() {
        return content.length;
    }

    int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    Object asText() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return Failure.CONVERSION;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }
}
