package io.mcpaccess.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All headers of a request, and what about them two servers could understand differently. A server behind CGI, WSGI or PHP
 * makes {@code Mcp_Session_Id} and {@code Mcp-Session-Id} one (RFC 3875, section 4.1.18); one that ends a body by another
 * rule than the guard takes the rest for a request of its own (RFC 9112, section 11.2).
 */
final class RequestHeaders {
    static final String CONTENT_TYPE = "content-type";
    static final String CONTENT_LENGTH = "content-length";
    static final String CONTENT_ENCODING = "content-encoding";
    static final String TRANSFER_ENCODING = "transfer-encoding";

    /** What the guard decides by. */
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "dpop",
            McpHeaders.PROTOCOL_VERSION,
            McpHeaders.METHOD,
            McpHeaders.NAME,
            McpHeaders.SESSION_ID.toLowerCase(Locale.ROOT),
            McpHeaders.LAST_EVENT_ID,
            "host",
            "connection",
            "expect",
            CONTENT_TYPE,
            CONTENT_LENGTH,
            CONTENT_ENCODING,
            TRANSFER_ENCODING);

    private static final Set<String> ONCE =
            Set.of(CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING, TRANSFER_ENCODING, McpHeaders.LAST_EVENT_ID);

    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    RequestHeaders(Map<String, List<String>> headers) {
        headers.forEach((name, some) ->
                values.computeIfAbsent(name, first -> new ArrayList<>()).addAll(some));
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    private Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The first thing that speaks against them, for a method that has a body or none. */
    Optional<HeaderFault> fault(boolean takesBody) {
        if (hasLookalike()) {
            return bad("A header has a name that some servers take for another; write each with hyphens.");
        }
        if (ONCE.stream().anyMatch(name -> all(name).size() > 1)) {
            return bad(
                    "Content-Type, Content-Length, Content-Encoding, Transfer-Encoding and Last-Event-ID come once each.");
        }
        if (!all(CONTENT_LENGTH).isEmpty() && !all(TRANSFER_ENCODING).isEmpty()) {
            return bad("A request has a Content-Length or a Transfer-Encoding, not both.");
        }
        if (!first(TRANSFER_ENCODING).map(RequestHeaders::isChunked).orElse(true)
                || !first(CONTENT_LENGTH).map(RequestHeaders::isLength).orElse(true)) {
            return bad("The length of the body is not clear: Transfer-Encoding is chunked, Content-Length a number.");
        }
        if (!takesBody) {
            boolean empty = all(TRANSFER_ENCODING).isEmpty()
                    && first(CONTENT_LENGTH).map(length -> length.matches("0+")).orElse(true);
            return empty ? Optional.empty() : bad("Only a POST has a body.");
        }
        boolean plain = first(CONTENT_ENCODING)
                .map(coding -> coding.isEmpty() || coding.equalsIgnoreCase("identity"))
                .orElse(true);
        return plain && first(CONTENT_TYPE).map(RequestHeaders::isJson).orElse(true)
                ? Optional.empty()
                : Optional.of(new HeaderFault(
                        UNSUPPORTED_MEDIA_TYPE, "A message is application/json in UTF-8, without a content encoding."));
    }

    private boolean hasLookalike() {
        Set<String> folded = new HashSet<>();
        RESERVED.forEach(name -> folded.add(folded(name)));
        return values.keySet().stream()
                .anyMatch(name -> !RESERVED.contains(name.toLowerCase(Locale.ROOT)) && folded.contains(folded(name)));
    }

    /** CGI makes one sign of all that are neither letters nor digits; some servers leave them out. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static boolean isChunked(String coding) {
        return coding.equalsIgnoreCase("chunked");
    }

    private static boolean isLength(String text) {
        return text.matches("\\d{1,18}");
    }

    /** RFC 8259, section 11: JSON has no charset; the one that some clients name changes nothing. */
    private static boolean isJson(String value) {
        String[] parts = value.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals("application/json");
        for (int index = 1; index < parts.length; index++) {
            String parameter = parts[index].strip().replace("\"", "");
            json &= !parameter.startsWith("charset") || parameter.matches("charset\\s*=\\s*utf-?8");
        }
        return json;
    }

    private static Optional<HeaderFault> bad(String problem) {
        return Optional.of(new HeaderFault(BAD_REQUEST, problem));
    }
}
