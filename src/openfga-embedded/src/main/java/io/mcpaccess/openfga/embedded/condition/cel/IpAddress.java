package io.mcpaccess.openfga.embedded.condition.cel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value of OpenFGA's parameter type {@code ipaddress}. */
public final class IpAddress {

    static final String TYPE_NAME = "IPAddress";

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("(?=[^%]*:)([0-9A-Fa-f:.]+)(%.+)?", Pattern.DOTALL);
    private static final Pattern BITS = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final int V4_BITS = 32;
    private static final int MAPPED_BITS = 96;

    private final byte[] address;
    private final String zone;

    private IpAddress(byte[] address, String zone) {
        this.address = address;
        this.zone = zone;
    }

    /**
     * Reads an address. An IPv4 address that is mapped into IPv6 is that IPv4 address. Names are never looked up.
     *
     * @param text the text
     * @return the address, or null when the text is none
     */
    public static IpAddress parse(String text) {
        try {
            Matcher v6 = V6.matcher(text);
            boolean isV6 = v6.matches();
            if (isV6 || V4.matcher(text).matches()) {
                byte[] bytes = InetAddress.getByName(isV6 ? v6.group(1) : text).getAddress();
                boolean zoned = isV6 && v6.group(2) != null && bytes.length * Byte.SIZE != V4_BITS;
                return new IpAddress(bytes, zoned ? v6.group(2) : "");
            }
        } catch (UnknownHostException e) {
            // Falls through to what is no address.
        }
        return null;
    }

    /** Whether the address is in a network, such as {@code 10.0.0.0/8}; a Failure where that is none. */
    Object inCidr(String cidr) {
        int slash = cidr.lastIndexOf('/');
        if (slash < 0 || !BITS.matcher(cidr.substring(slash + 1)).matches() || cidr.indexOf('%') >= 0) {
            return Failure.BAD_NETWORK;
        }
        int bits = Integer.parseInt(cidr.substring(slash + 1));
        IpAddress network = parse(cidr.substring(0, slash));
        boolean writtenAsV6 = cidr.indexOf(':') >= 0;
        if (network == null || bits > (writtenAsV6 ? Long.SIZE * 2 : V4_BITS)) {
            return Failure.BAD_NETWORK;
        }
        if (writtenAsV6 && network.address.length * Byte.SIZE == V4_BITS) {
            if (bits < MAPPED_BITS) {
                return false;
            }
            bits -= MAPPED_BITS;
        }
        return zone.isEmpty() && network.address.length == address.length && samePrefix(network.address, bits);
    }

    private boolean samePrefix(byte[] network, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((network[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && Arrays.equals(address, that.address) && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(address);
    }
}
