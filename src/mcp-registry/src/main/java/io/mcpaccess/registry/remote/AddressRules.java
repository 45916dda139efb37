package io.mcpaccess.registry.remote;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses an import may connect to. Without the operator's leave only public unicast addresses; with it also
 * private, link-local and loopback ones. What hands out a machine's credentials, and what is no address of one host, is
 * never asked.
 *
 * @param allowPrivateNetworks the operator's leave ({@code mcp.import.allowPrivateNetworks} in gravitee.yml)
 */
public record AddressRules(boolean allowPrivateNetworks) {

    /** The metadata services of clouds, wherever they stand. */
    private static final List<Network> METADATA = List.of(
            Network.of("169.254.169.254/32"),
            Network.of("169.254.170.2/32"),
            Network.of("169.254.170.23/32"),
            Network.of("100.100.100.200/32"),
            Network.of("168.63.129.16/32"),
            Network.of("192.0.0.192/32"),
            Network.of("fd00:ec2::254/128"),
            Network.of("fd00:ec2::23/128"),
            Network.of("fd20:ce::254/128"));

    /** IANA's special-purpose registry for IPv4: what is not globally reachable, or not one host. */
    private static final List<Network> SPECIAL_V4 = List.of(
            Network.of("0.0.0.0/8"),
            Network.of("10.0.0.0/8"),
            Network.of("100.64.0.0/10"),
            Network.of("127.0.0.0/8"),
            Network.of("169.254.0.0/16"),
            Network.of("172.16.0.0/12"),
            Network.of("192.0.0.0/24"),
            Network.of("192.0.2.0/24"),
            Network.of("192.88.99.0/24"),
            Network.of("192.168.0.0/16"),
            Network.of("198.18.0.0/15"),
            Network.of("198.51.100.0/24"),
            Network.of("203.0.113.0/24"),
            Network.of("224.0.0.0/4"),
            Network.of("240.0.0.0/4"));

    /** Within 2000::/3, outside of which no IPv6 address is public: special ones, and those that carry an IPv4 address. */
    private static final List<Network> SPECIAL_V6 = List.of(
            Network.of("2001::/23"), Network.of("2001:db8::/32"), Network.of("2002::/16"), Network.of("3fff::/20"));

    private static final Network PUBLIC_V6 = Network.of("2000::/3");

    private static final List<Network> PRIVATE = List.of(
            Network.of("10.0.0.0/8"),
            Network.of("100.64.0.0/10"),
            Network.of("127.0.0.0/8"),
            Network.of("169.254.0.0/16"),
            Network.of("172.16.0.0/12"),
            Network.of("192.168.0.0/16"),
            Network.of("::1/128"),
            Network.of("fc00::/7"),
            Network.of("fe80::/10"));

    /**
     * Whether an address may be connected to.
     *
     * @param address the address; an IPv4 address inside an IPv6 one is one already (Java unmaps it)
     * @return whether it may
     */
    public boolean allows(InetAddress address) {
        if (matches(METADATA, address)) {
            return false;
        }
        return isPublic(address) || (allowPrivateNetworks && matches(PRIVATE, address));
    }

    private static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return !matches(SPECIAL_V4, address);
        }
        return address instanceof Inet6Address && PUBLIC_V6.contains(address) && !matches(SPECIAL_V6, address);
    }

    private static boolean matches(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
