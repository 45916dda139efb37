package io.mcpaccess.registry.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events (WHATWG HTML, section 9.2) for their data alone. */
final class SseEvents {

    private final BufferedReader lines;

    SseEvents(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The data of the next event that has any; empty at the end. An event that the end cuts off does not count. */
    Optional<String> next() throws IOException {
        StringBuilder data = new StringBuilder();
        boolean hasData = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (hasData && data.length() > 0) {
                    return Optional.of(data.toString());
                }
                data.setLength(0);
                hasData = false;
            } else if (line.startsWith("data:")) {
                data.append(hasData ? "\n" : "")
                        .append(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
                hasData = true;
            }
        }
        return Optional.empty();
    }
}
