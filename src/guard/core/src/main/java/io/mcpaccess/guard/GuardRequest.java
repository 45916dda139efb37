package io.mcpaccess.guard;

import java.util.List;
import java.util.function.Function;

/**
 * One HTTP request to the MCP endpoint, as the guard sees it. Prints neither token nor body.
 *
 * @param httpMethod in capitals
 * @param authorization every {@code Authorization} header
 * @param headers the headers that MCP defines
 * @param body the whole body; empty for none. Not copied: do not change it
 */
public record GuardRequest(String httpMethod, List<String> authorization, McpHeaders headers, byte[] body) {
    /** Takes an immutable copy of the headers. */
    public GuardRequest {
        authorization = List.copyOf(authorization);
    }

    /**
     * A request as a server has it.
     *
     * @param httpMethod in capitals
     * @param headers every value of a header, by its name in any case; empty for none
     * @param body the whole body; empty for none. Not copied: do not change it
     * @return the request
     */
    public static GuardRequest of(String httpMethod, Function<String, List<String>> headers, byte[] body) {
        return new GuardRequest(httpMethod, headers.apply("Authorization"), McpHeaders.read(headers), body);
    }

    /**
     * A POST without the headers that MCP defines.
     *
     * @param authorization the {@code Authorization} header
     * @param body the body
     * @return the request
     */
    public static GuardRequest post(String authorization, byte[] body) {
        return new GuardRequest("POST", List.of(authorization), McpHeaders.none(), body);
    }

    @Override
    public String toString() {
        return "GuardRequest[httpMethod=" + httpMethod + ", body=" + body.length + " bytes]";
    }
}
