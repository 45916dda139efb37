package io.mcpaccess.openfga.server.http;

import java.io.ByteArrayOutputStream;

/** Takes an answer's body as it comes, to a bound. Called by one thread at a time. */
public interface AnswerBody {

    /** The answer's head has come. */
    default void begins() {}

    /**
     * Takes the next bytes.
     *
     * @param bytes the bytes; the receiver's own
     */
    void next(byte[] bytes);

    /**
     * The body, where it was kept.
     *
     * @return all bytes, or none where they were handed on as they came
     */
    default byte[] bytes() {
        return new byte[0];
    }

    /**
     * A body that is kept as one piece.
     *
     * @return an empty one
     */
    static AnswerBody kept() {
        return new AnswerBody() {
            private byte[] first = new byte[0];
            private ByteArrayOutputStream all;

            @Override
            public void next(byte[] bytes) {
                // Nearly every answer comes in one piece.
                if (first.length == 0) {
                    first = bytes;
                    return;
                }
                if (all == null) {
                    all = new ByteArrayOutputStream(2 * (first.length + bytes.length));
                    all.writeBytes(first);
                }
                all.writeBytes(bytes);
            }

            @Override
            public byte[] bytes() {
                return all == null ? first : all.toByteArray();
            }
        };
    }
}
