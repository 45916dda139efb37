package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * A value of the type {@code uint}.
 *
 * @param bits its 64 bits, of which the first is no sign
 */
public record Uint(long bits) {

    double asDouble() {
        double half = (bits >>> 1 | bits & 1);
        return bits < 0 ? half * 2 : bits;
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
