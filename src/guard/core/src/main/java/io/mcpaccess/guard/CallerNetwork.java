package io.mcpaccess.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Who counts as one where addresses are counted. A connection with IPv6 gets a network of 64 bits for itself (RFC 6177), so
 * its owner has as many addresses as he likes: they are one here. An address of IPv4 is one by itself.
 */
final class CallerNetwork {
    /** What begins like this is read as an address or not at all: no name is looked up. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private static final int NETWORK_BYTES = 8;

    private CallerNetwork() {}

    /**
     * @param address as a connection says it, with or without a zone
     * @return a name for all that count as one; what is no address of IPv6 stays as it is
     */
    static String of(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!IPV6.matcher(plain).matches()) {
            return address;
        }
        try {
            InetAddress read = InetAddress.getByName(plain);
            return read instanceof Inet6Address
                    ? HexFormat.of().formatHex(read.getAddress(), 0, NETWORK_BYTES) + "/64"
                    // An address of IPv4 that came in the other's form.
                    : read.getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
