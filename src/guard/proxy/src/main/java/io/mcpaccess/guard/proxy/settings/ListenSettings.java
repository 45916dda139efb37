package io.mcpaccess.guard.proxy.settings;

import java.util.Optional;

/**
 * Where clients reach the proxy.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param connections how many connections are open at most; one more is closed at once
 * @param tls certificate and key; empty for plain HTTP
 * @param http2Cleartext whether HTTP/2 is spoken without TLS as well. Off, as a proxy in front that passes {@code Upgrade: h2c}
 *     on would no longer see the requests
 */
public record ListenSettings(String host, int port, int connections, Optional<ServerTls> tls, boolean http2Cleartext) {
    /** How many connections are open at most unless the settings say otherwise. */
    public static final int USUAL_CONNECTIONS = 10_000;

    /**
     * @param other the port; 0 takes a free one
     * @return the same on that port
     */
    public ListenSettings withPort(int other) {
        return new ListenSettings(host, other, connections, tls, http2Cleartext);
    }

    /**
     * @param host the address to listen on
     * @param port the port; 0 takes a free one
     * @return plain HTTP/1.1 there
     */
    public static ListenSettings plain(String host, int port) {
        return new ListenSettings(host, port, USUAL_CONNECTIONS, Optional.empty(), false);
    }
}
