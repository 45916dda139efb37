package io.mcpaccess.guard.jsonrpc;

/** The error codes that the guard answers with (JSON-RPC 2.0, section 5.1; MCP). */
public final class JsonRpcErrors {
    /** The body is no JSON. */
    public static final int PARSE_ERROR = -32700;
    /** The JSON is no request. */
    public static final int INVALID_REQUEST = -32600;
    /** The method is not there, or the guard does not let it through. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** The params are wrong. */
    public static final int INVALID_PARAMS = -32602;
    /** The decision could not be had. */
    public static final int INTERNAL_ERROR = -32603;
    /** The {@code Mcp-Method} or {@code Mcp-Name} header is missing or differs from the body (MCP 2026-07-28). */
    public static final int HEADER_MISMATCH = -32020;
    /** The request is of a protocol version that is not known (MCP 2026-07-28). */
    public static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

    private JsonRpcErrors() {}
}
