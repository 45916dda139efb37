package io.mcpaccess.guard.jsonrpc;

/** A body that is not one well-formed JSON-RPC message. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * @param code the JSON-RPC error code
     * @param message what is wrong; holds nothing from the body
     */
    public MalformedMessageException(int code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * @return the JSON-RPC error code
     */
    public int code() {
        return code;
    }
}
