package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What the headers say must be what the body says: a gateway may have decided by them (MCP 2026-07-28, Streamable HTTP,
 * request metadata). That revision demands them; in an older one they need not be there.
 */
final class HeaderRules {
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    /** The methods whose {@code Mcp-Name} is in the body, and where it stands in the params. */
    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    private final Refusals refusals;

    HeaderRules(Refusals refusals) {
        this.refusals = refusals;
    }

    /**
     * @param headers of the request
     * @param message its body
     * @return the refusal when they do not belong together
     */
    Optional<Refused> violation(McpHeaders headers, JsonRpcMessage message) {
        JsonNode id = message instanceof JsonRpcMessage.Request call ? call.id() : null;
        if (headers.protocolVersion()
                .filter(version -> !ProtocolVersions.KNOWN.contains(version))
                .isPresent()) {
            return Optional.of(refusals.protocolVersion(id));
        }
        if (message instanceof JsonRpcMessage.Request call) {
            return belongTogether(headers, call) ? Optional.empty() : mismatch(id);
        }
        if (message instanceof JsonRpcMessage.Notification note) {
            return same(headers.method(), note.method(), false) ? Optional.empty() : mismatch(id);
        }
        return headers.isStateless()
                ? Optional.of(refusals.malformed(
                        id, JsonRpcErrors.INVALID_REQUEST, "In this protocol version clients send no responses."))
                : Optional.empty();
    }

    private static boolean belongTogether(McpHeaders headers, JsonRpcMessage.Request call) {
        boolean stateless = headers.isStateless();
        JsonNode version = call.params().path("_meta").path(VERSION);
        boolean sameVersion = version.isMissingNode()
                ? !stateless
                : headers.protocolVersion().equals(Optional.ofNullable(version.textValue()));
        String place = NAMED.get(call.method());
        boolean sameName = place == null
                || same(
                        headers.name().map(HeaderRules::decoded),
                        call.params().path(place).asText(),
                        stateless);
        return sameVersion && sameName && same(headers.method(), call.method(), stateless);
    }

    private static boolean same(Optional<String> header, String body, boolean demanded) {
        return header.map(body::equals).orElse(!demanded);
    }

    /** What cannot be decoded stays as it is, which no name is. */
    private static String decoded(String value) {
        if (!value.startsWith(ENCODED)
                || !value.endsWith(ENCODED_END)
                || value.length() < ENCODED.length() + ENCODED_END.length()) {
            return value;
        }
        try {
            byte[] utf8 = Base64.getDecoder()
                    .decode(value.substring(ENCODED.length(), value.length() - ENCODED_END.length()));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException undecodable) {
            return value;
        }
    }

    private Optional<Refused> mismatch(JsonNode id) {
        return Optional.of(refusals.malformed(
                id,
                JsonRpcErrors.HEADER_MISMATCH,
                "The MCP-Protocol-Version, Mcp-Method or Mcp-Name header is missing or differs from the body."));
    }
}
