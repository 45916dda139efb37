package io.mcpaccess.guard;

import io.mcpaccess.guard.oauth.PresentedProof;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One HTTP request to the MCP endpoint without its body. Prints no token.
 *
 * @param httpMethod in capitals
 * @param authorization every {@code Authorization} header
 * @param headers the headers that MCP defines
 * @param proof what shows that the token is the caller's own
 * @param fault what in the headers alone speaks against the request
 */
public record RequestHead(
        String httpMethod,
        List<String> authorization,
        McpHeaders headers,
        PresentedProof proof,
        Optional<HeaderFault> fault) {
    private static final String WITH_BODY = "POST";

    /** Takes an immutable copy of the headers. */
    public RequestHead {
        Objects.requireNonNull(httpMethod, "httpMethod");
        authorization = List.copyOf(authorization);
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(proof, "proof");
        Objects.requireNonNull(fault, "fault");
    }

    /**
     * The head of a request as a server has it.
     *
     * @param httpMethod in capitals
     * @param headers all headers of the request, every value of each, names in any case: also those that the guard does not
     *     know, as a name that only looks like a known one is refused
     * @return the head
     */
    public static RequestHead of(String httpMethod, Map<String, List<String>> headers) {
        RequestHeaders all = new RequestHeaders(headers);
        return new RequestHead(
                httpMethod,
                all.all("authorization"),
                McpHeaders.read(all),
                new PresentedProof(all.all("dpop"), Optional.empty()),
                all.fault(httpMethod.equals(WITH_BODY)));
    }

    /**
     * @param thumbprint of the certificate that the TLS connection of the client was authenticated with; see {@link
     *     PresentedProof#certificateThumbprint}
     * @return the same with this certificate
     */
    public RequestHead withCertificate(Optional<String> thumbprint) {
        return new RequestHead(httpMethod, authorization, headers, new PresentedProof(proof.dpop(), thumbprint), fault);
    }

    /**
     * @return whether the method is one that carries a message
     */
    public boolean takesBody() {
        return httpMethod.equals(WITH_BODY);
    }

    @Override
    public String toString() {
        return "RequestHead[httpMethod=" + httpMethod + "]";
    }
}
