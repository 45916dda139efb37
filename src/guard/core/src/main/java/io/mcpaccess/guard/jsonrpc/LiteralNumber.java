package io.mcpaccess.guard.jsonrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A number that is written as it was read: {@code 1.10}, {@code 1e400} and {@code -0} mean different things to readers. */
final class LiteralNumber extends NumericNode {
    private static final long serialVersionUID = 1L;

    private final String literal;
    private final BigDecimal value;

    /**
     * @param literal a number of RFC 8259, section 6
     * @throws NumberFormatException when its exponent is beyond what a program can hold
     */
    LiteralNumber(String literal) {
        this.literal = literal;
        this.value = new BigDecimal(literal);
    }

    @Override
    public boolean isIntegralNumber() {
        return literal.chars().allMatch(one -> one == '-' || Character.isDigit(one));
    }

    @Override
    public String asText() {
        return literal;
    }

    @Override
    public JsonToken asToken() {
        return isIntegralNumber() ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public JsonParser.NumberType numberType() {
        return JsonParser.NumberType.BIG_DECIMAL;
    }

    @Override
    public Number numberValue() {
        return value;
    }

    /** By way of a double: the text of a number with a vast exponent must not be multiplied out. */
    @Override
    public int intValue() {
        return (int) value.doubleValue();
    }

    @Override
    public long longValue() {
        return (long) value.doubleValue();
    }

    @Override
    public double doubleValue() {
        return value.doubleValue();
    }

    @Override
    public BigDecimal decimalValue() {
        return value;
    }

    @Override
    public BigInteger bigIntegerValue() {
        return BigInteger.valueOf(longValue());
    }

    @Override
    public boolean canConvertToInt() {
        return false;
    }

    @Override
    public boolean canConvertToLong() {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LiteralNumber number && literal.equals(number.literal);
    }

    @Override
    public int hashCode() {
        return literal.hashCode();
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeNumber(literal);
    }
}
