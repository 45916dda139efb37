package io.mcpaccess.openfga.server.http;

import java.io.IOException;

/** An answer has more bytes than anybody is ready to read. */
public final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int mostBytes) {
        super("The answer has more than " + mostBytes + " bytes");
    }
}
