package io.mcpaccess.guard.http;

import java.util.Locale;

/** Media types, compared as HTTP has it: without regard to case and parameters (RFC 9110, section 8.3.1). */
public final class MediaTypes {
    private MediaTypes() {}

    /**
     * @param contentType a {@code Content-Type} header; null for none
     * @return whether it is an event stream
     */
    public static boolean isEventStream(String contentType) {
        return is(contentType, "text/event-stream");
    }

    private static boolean is(String contentType, String wanted) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(wanted);
    }
}
