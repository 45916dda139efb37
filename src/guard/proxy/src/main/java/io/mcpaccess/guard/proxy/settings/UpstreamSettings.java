package io.mcpaccess.guard.proxy.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server behind the proxy. */
public sealed interface UpstreamSettings {
    /**
     * A server that speaks Streamable HTTP.
     *
     * @param url where it is; the proxy asks nothing else of that host
     * @param tls towards it
     * @param http2 whether HTTP/2 is offered over TLS
     */
    record Http(URI url, ClientTls tls, boolean http2) implements UpstreamSettings {}

    /**
     * A server that speaks on its standard input and output: one process a session.
     *
     * @param command the program and its arguments
     * @param directory where it runs; empty for the proxy's own
     * @param environment all that it finds in its environment: names and values. Never printed
     * @param bounds how many there are and for how long
     */
    record Stdio(List<String> command, Optional<Path> directory, Map<String, String> environment, ProcessBounds bounds)
            implements UpstreamSettings {
        /** Takes immutable copies. */
        public Stdio {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        @Override
        public String toString() {
            return "Stdio[program=" + command.get(0) + ", bounds=" + bounds + "]";
        }
    }

    /**
     * How many processes there are, and for how long.
     *
     * @param sessions at once, of all callers
     * @param sessionsOfOne at once, of one caller
     * @param idle how long a session may be unused
     * @param age how long a session lasts at most
     */
    record ProcessBounds(int sessions, int sessionsOfOne, Duration idle, Duration age) {
        /**
         * @return 32 sessions, 4 of one caller, 15 minutes unused, 8 hours at most
         */
        public static ProcessBounds usual() {
            return new ProcessBounds(32, 4, Duration.ofMinutes(15), Duration.ofHours(8));
        }
    }
}
