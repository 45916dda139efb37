package io.mcpaccess.guard;

import io.mcpaccess.guard.oauth.PresentedProof;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One HTTP request to the MCP endpoint, as the guard sees it. Prints neither token nor body.
 *
 * @param head method and headers
 * @param body the whole body; empty for none. Not copied: do not change it
 */
public record GuardRequest(RequestHead head, byte[] body) {
    /** Refuses nulls. */
    public GuardRequest {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(body, "body");
    }

    /**
     * A request whose headers were read already.
     *
     * @param httpMethod in capitals
     * @param authorization every {@code Authorization} header
     * @param headers the headers that MCP defines
     * @param body the whole body; empty for none. Not copied: do not change it
     */
    public GuardRequest(String httpMethod, List<String> authorization, McpHeaders headers, byte[] body) {
        this(new RequestHead(httpMethod, authorization, headers, PresentedProof.none(), Optional.empty()), body);
    }

    /**
     * A request as a server has it.
     *
     * @param httpMethod in capitals
     * @param headers all headers of the request, every value of each, names in any case
     * @param body the whole body; empty for none. Not copied: do not change it
     * @return the request
     */
    public static GuardRequest of(String httpMethod, Map<String, List<String>> headers, byte[] body) {
        return new GuardRequest(RequestHead.of(httpMethod, headers), body);
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

    /**
     * @return the headers that MCP defines
     */
    public McpHeaders headers() {
        return head.headers();
    }

    @Override
    public String toString() {
        return "GuardRequest[httpMethod=" + head.httpMethod() + ", body=" + body.length + " bytes]";
    }
}
