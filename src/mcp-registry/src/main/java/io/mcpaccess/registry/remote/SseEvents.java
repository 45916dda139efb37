package io.mcpaccess.registry.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6) for their data alone: lines end with CR, LF or both, a byte order mark may
 * stand first, one event may have several {@code data} lines, and a field without a colon has an empty value.
 */
final class SseEvents {

    private static final String MARK = "\uFEFF";

    private final BufferedReader lines;
    private boolean isFirst = true;

    SseEvents(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The data of the next event that has any; empty at the end. An event that the end cuts off does not count. */
    Optional<String> next() throws IOException {
        StringBuilder data = new StringBuilder();
        boolean hasData = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (hasData && data.length() > 0) {
                    return Optional.of(data.toString());
                }
                data.setLength(0);
                hasData = false;
            } else if (line.equals("data") || line.startsWith("data:")) {
                data.append(hasData ? "\n" : "").append(value(line));
                hasData = true;
            }
        }
        return Optional.empty();
    }

    private static String value(String line) {
        if (line.length() <= "data:".length()) {
            return "";
        }
        return line.substring(line.charAt("data:".length()) == ' ' ? "data: ".length() : "data:".length());
    }

    private String line() throws IOException {
        String line = lines.readLine();
        if (isFirst && line != null) {
            isFirst = false;
            return line.startsWith(MARK) ? line.substring(1) : line;
        }
        return line;
    }
}
