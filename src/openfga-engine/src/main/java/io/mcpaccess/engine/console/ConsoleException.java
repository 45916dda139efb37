package io.mcpaccess.engine.console;

/** A call of the console that ends with an error of ours. The message is for the caller. */
final class ConsoleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ConsoleException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
