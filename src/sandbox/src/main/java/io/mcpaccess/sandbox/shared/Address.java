package io.mcpaccess.sandbox.shared;

/**
 * Where a node listens.
 *
 * @param host an address or name of this machine
 * @param port a TCP port, 0 for any free one
 */
public record Address(String host, int port) {
    /**
     * The address as the base of a URL.
     *
     * @return {@code http://HOST:PORT}, with brackets round an IPv6 address
     */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
