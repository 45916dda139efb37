package io.mcpaccess.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Who counts as one where addresses are counted. The smallest network of IPv6 has 64 bits (RFC 4291, 2.5.1), so whoever is in
 * one has as many addresses as he likes: they are one here. A site gets more than one such network as a rule (RFC 6177: often
 * 48 or 56 bits), so its owner still counts as many. An address of IPv4 is one by itself, also behind a
 * translator that shows it in the prefix known for that (RFC 6052, 2.1).
 *
 * <p>The AuthZEN protocol counts by the same rule ({@code AddressBlock}), in a copy: this library takes none of the plugins' code, and they none of
 * this. A test holds the two alike.
 */
final class CallerNetwork {
    /** What begins like this is read as an address or not at all: no name is looked up. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private static final int NETWORK_BYTES = 8;

    /** 64:ff9b::/96; the address of IPv4 is what follows. */
    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

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
            // Else an address of IPv4 that came in the other's form.
            return read instanceof Inet6Address ? network(read.getAddress()) : read.getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }

    private static String network(byte[] address) throws UnknownHostException {
        int prefix = TRANSLATED.length;
        return Arrays.equals(address, 0, prefix, TRANSLATED, 0, prefix)
                ? InetAddress.getByAddress(Arrays.copyOfRange(address, prefix, address.length))
                        .getHostAddress()
                : HexFormat.of().formatHex(address, 0, NETWORK_BYTES) + "/64";
    }
}
