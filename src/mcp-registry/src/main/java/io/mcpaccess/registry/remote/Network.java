package io.mcpaccess.registry.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A network in CIDR notation (RFC 4632). */
final class Network {

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            return new Network(
                    InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
                    Integer.parseInt(cidr.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr + " is no network", e);
        }
    }

    boolean contains(InetAddress other) {
        byte[] candidate = other.getAddress();
        if (candidate.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (candidate[i] != address[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        int mask = 0xff << (8 - rest);
        return rest == 0 || (candidate[whole] & mask) == (address[whole] & mask);
    }
}
