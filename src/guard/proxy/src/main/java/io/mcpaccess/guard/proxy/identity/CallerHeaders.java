package io.mcpaccess.guard.proxy.identity;

import io.mcpaccess.guard.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The headers by which a server learns who calls. Threads may share it. */
public final class CallerHeaders {
    /** Whose call it is, with its kind. */
    public static final String SUBJECT = "X-MCP-Subject";
    /** The client that the token was issued to. */
    public static final String CLIENT = "X-MCP-Client";
    /** The token's scopes. */
    public static final String SCOPES = "X-MCP-Scopes";
    /** Who acts for the subject. */
    public static final String ACTOR = "X-MCP-Actor";
    /** The same, signed. */
    public static final String SIGNED = "X-MCP-Identity";

    private final boolean plain;
    private final Optional<CallerTokens> tokens;

    /**
     * @param plain whether the four headers are sent
     * @param tokens signs the fifth; empty where it is not sent
     */
    public CallerHeaders(boolean plain, Optional<CallerTokens> tokens) {
        this.plain = plain;
        this.tokens = tokens;
    }

    /**
     * @param caller of an allowed request
     * @return names and values; visible ASCII and, in scopes, spaces
     */
    public Map<String, String> of(Caller caller) {
        CallerFacts facts = CallerFacts.of(caller);
        Map<String, String> headers = new LinkedHashMap<>();
        if (plain) {
            headers.put(SUBJECT, encoded(facts.subject()));
            facts.client().ifPresent(client -> headers.put(CLIENT, encoded(client)));
            if (!facts.scopes().isEmpty()) {
                headers.put(
                        SCOPES,
                        Arrays.stream(facts.scopes().split(" "))
                                .map(CallerHeaders::encoded)
                                .collect(Collectors.joining(" ")));
            }
            facts.actor().ifPresent(actor -> headers.put(ACTOR, encoded(actor)));
        }
        tokens.ifPresent(signing -> headers.put(SIGNED, signing.of(facts)));
        return headers;
    }

    /**
     * Names are what identity providers take: line breaks would be headers of their own, other letters would arrive as
     * something else (RFC 9110, section 5.5).
     *
     * @param text any
     * @return the same with everything but visible ASCII, and with the percent sign itself, percent-encoded (RFC 3986,
     *     section 2.1)
     */
    static String encoded(String text) {
        StringBuilder header = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            if (one > ' ' && one < 0x7F && one != '%') {
                header.append((char) one);
            } else {
                header.append(String.format("%%%02X", one & 0xFF));
            }
        }
        return header.toString();
    }
}
