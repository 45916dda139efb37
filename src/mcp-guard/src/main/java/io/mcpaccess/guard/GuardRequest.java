package io.mcpaccess.guard;

import java.util.List;
import java.util.Optional;

/**
 * One HTTP request to the MCP endpoint, as the guard sees it. Prints neither token nor body.
 *
 * @param httpMethod in capitals
 * @param authorization every {@code Authorization} header
 * @param mcpMethod the {@code Mcp-Method} header, if sent
 * @param mcpName the {@code Mcp-Name} header, if sent
 * @param body the whole body; empty for none. Not copied: do not change it
 */
public record GuardRequest(
        String httpMethod,
        List<String> authorization,
        Optional<String> mcpMethod,
        Optional<String> mcpName,
        byte[] body) {
    /** Takes an immutable copy of the headers. */
    public GuardRequest {
        authorization = List.copyOf(authorization);
    }

    /**
     * A POST without the {@code Mcp-*} headers.
     *
     * @param authorization the {@code Authorization} header
     * @param body the body
     * @return the request
     */
    public static GuardRequest post(String authorization, byte[] body) {
        return new GuardRequest("POST", List.of(authorization), Optional.empty(), Optional.empty(), body);
    }

    @Override
    public String toString() {
        return "GuardRequest[httpMethod=" + httpMethod + ", body=" + body.length + " bytes]";
    }
}
