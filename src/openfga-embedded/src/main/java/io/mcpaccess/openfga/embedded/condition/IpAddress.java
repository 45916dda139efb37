package io.mcpaccess.openfga.embedded.condition;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.projectnessie.cel.common.types.BoolT;
import org.projectnessie.cel.common.types.Err;
import org.projectnessie.cel.common.types.StringT;
import org.projectnessie.cel.common.types.TypeT;
import org.projectnessie.cel.common.types.ref.BaseVal;
import org.projectnessie.cel.common.types.ref.Type;
import org.projectnessie.cel.common.types.ref.TypeEnum;
import org.projectnessie.cel.common.types.ref.Val;

/** OpenFGA's parameter type {@code ipaddress} as a value of the Common Expression Language. */
final class IpAddress extends BaseVal {

    static final String TYPE_NAME = "IPAddress";

    private static final Type TYPE = TypeT.newObjectTypeValue(TYPE_NAME);
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("(?=[^%]*:)([0-9A-Fa-f:.]+)(%[^%]+)?");
    private static final int V4_BITS = 32;
    private static final int MAPPED_BITS = 96;

    private final byte[] address;
    private final boolean zoned;
    private final String text;

    private IpAddress(byte[] address, boolean zoned, String text) {
        this.address = address;
        this.zoned = zoned;
        this.text = text;
    }

    /** An IPv4 address that is mapped into IPv6 is that IPv4 address. Names are never looked up. */
    static IpAddress parse(String text) {
        try {
            Matcher v6 = V6.matcher(text);
            boolean isV6 = v6.matches();
            if (isV6 || V4.matcher(text).matches()) {
                InetAddress address = InetAddress.getByName(isV6 ? v6.group(1) : text);
                return new IpAddress(address.getAddress(), isV6 && v6.group(2) != null, address.getHostAddress());
            }
        } catch (UnknownHostException e) {
            // Falls through to the one message for all that is no address.
        }
        throw new IllegalArgumentException("expected a well-formed IP address");
    }

    /** Whether the address is in a network, such as {@code 10.0.0.0/8}. */
    Val inCidr(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !cidr.substring(slash + 1).matches("0|[1-9]\\d{0,2}") || cidr.contains("%")) {
            return Err.newErr("a malformed CIDR string");
        }
        int bits = Integer.parseInt(cidr.substring(slash + 1));
        byte[] network;
        try {
            network = parse(cidr.substring(0, slash)).address;
        } catch (IllegalArgumentException e) {
            return Err.newErr("a malformed CIDR string");
        }
        boolean writtenAsV6 = cidr.indexOf(':') >= 0;
        if (bits > (writtenAsV6 ? Long.SIZE * 2 : V4_BITS)) {
            return Err.newErr("a malformed CIDR string");
        }
        if (writtenAsV6 && network.length * Byte.SIZE == V4_BITS) {
            if (bits < MAPPED_BITS) {
                return BoolT.False;
            }
            bits -= MAPPED_BITS;
        }
        return !zoned && network.length == address.length && samePrefix(network, bits) ? BoolT.True : BoolT.False;
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
    public <T> T convertToNative(Class<T> type) {
        if (type == String.class) {
            return type.cast(text);
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("an ipaddress cannot become a " + type.getSimpleName());
    }

    @Override
    public Val convertToType(Type type) {
        if (type.typeEnum() == TypeEnum.String) {
            return StringT.stringOf(text);
        }
        return type.typeEnum() == TypeEnum.Type ? (Val) TYPE : Err.newErr("an ipaddress converts to string alone");
    }

    @Override
    public Val equal(Val other) {
        if (!(other instanceof IpAddress that)) {
            return Err.noSuchOverload(this, "equal", other);
        }
        return Arrays.equals(address, that.address) && zoned == that.zoned ? BoolT.True : BoolT.False;
    }

    @Override
    public Type type() {
        return TYPE;
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && equal(that) == BoolT.True;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(address);
    }
}
