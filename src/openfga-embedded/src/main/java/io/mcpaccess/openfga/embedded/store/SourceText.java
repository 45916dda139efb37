package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The text of a file that a person wrote: UTF-8, with or without a byte order mark. */
final class SourceText {

    private SourceText() {}

    /**
     * Reads a file's bytes.
     *
     * @param file its name, for the place of a fault
     * @throws StoreFileException when they are in another encoding; says the line and never quotes it
     */
    static String of(String file, byte[] bytes) throws StoreFileException {
        if (isWide(bytes)) {
            throw new StoreFileException(new Place(file, 1, 0), "the file is UTF-16 or UTF-32 text; save it as UTF-8");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        out.flip();
        if (result.isError()) {
            String before = out.toString();
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            int column = before.length() - before.lastIndexOf('\n');
            throw new StoreFileException(
                    new Place(file, line, column),
                    "the file is not UTF-8 text from here on, but of another encoding, such as Latin-1; save it as UTF-8");
        }
        String text = out.toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Other encodings of Unicode begin with their mark, or have a zero beside the first letter. */
    private static boolean isWide(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE || first == 0 || second == 0;
    }
}
