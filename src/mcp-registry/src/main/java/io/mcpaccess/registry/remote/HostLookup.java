package io.mcpaccess.registry.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a host: the machine's resolver, or a test's. */
@FunctionalInterface
public interface HostLookup {

    /**
     * The addresses of a host.
     *
     * @param host a name or a literal address
     * @return at least one
     * @throws UnknownHostException if there is none
     */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
