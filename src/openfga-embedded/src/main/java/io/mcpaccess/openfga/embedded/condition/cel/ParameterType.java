package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The type of a condition's parameter.
 *
 * @param kind which type
 * @param element the type of a list's items or a map's values; empty for the others
 */
public record ParameterType(Kind kind, Optional<ParameterType> element) {

    public ParameterType {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(element, "element");
    }

    /** As it stands in the modelling language. */
    @Override
    public String toString() {
        return kind.text() + element.map(type -> "<" + type + ">").orElse("");
    }

    /** The parameter types of OpenFGA (OpenFGA API, ConditionParamTypeRef.TypeName). */
    public enum Kind {
        /** Anything JSON can hold. */
        ANY,
        /** True or false. */
        BOOL,
        /** Text. */
        STRING,
        /** A whole number of 64 bits. */
        INT,
        /** A whole number that is not negative. */
        UINT,
        /** A floating point number. */
        DOUBLE,
        /** A length of time, such as {@code 1h30m}. */
        DURATION,
        /** A moment, in RFC 3339. */
        TIMESTAMP,
        /** Text to values of one type. */
        MAP,
        /** Values of one type. */
        LIST,
        /** An IPv4 or IPv6 address. */
        IPADDRESS;

        /**
         * The keyword of the modelling language.
         *
         * @return lower case
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Whether the type has a type parameter.
         *
         * @return true for lists and maps
         */
        public boolean isGeneric() {
            return this == MAP || this == LIST;
        }
    }
}
