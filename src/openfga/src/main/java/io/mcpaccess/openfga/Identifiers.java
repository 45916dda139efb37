package io.mcpaccess.openfga;

import java.nio.charset.StandardCharsets;

/**
 * Identifiers on their way into OpenFGA and back.
 *
 * <p>OpenFGA reads {@code type:id#relation} as a userset and {@code type:*} as everyone, and answers {@code true} to a
 * userset asked about itself without any tuple. An identifier that could be read so is refused. Only {@code :} and the
 * escape itself are encoded, so that tuples written by hand look as one would write them.
 */
public final class Identifiers {

    /** The most bytes of an object ({@code type:id}) in OpenFGA. */
    public static final int MAX_OBJECT_BYTES = 256;

    /** The most bytes of a user ({@code type:id}) in OpenFGA. */
    public static final int MAX_USER_BYTES = 512;

    private static final int MAX_RELATION_LENGTH = 50;
    private static final int MAX_TYPE_LENGTH = 254;
    private static final int MAX_BYTES_OF_CHAR = 3;

    private Identifiers() {}

    /**
     * Joins a subject to an OpenFGA user.
     *
     * @param type the subject's type
     * @param id the subject's identifier
     * @return {@code type:id}, the identifier encoded
     * @throws InvalidIdentifierException if it could be read as something else, or is too long
     */
    public static String user(String type, String id) {
        return join("subject", type, id, MAX_USER_BYTES);
    }

    /**
     * Joins a resource to an OpenFGA object.
     *
     * @param type the resource's type
     * @param id the resource's identifier
     * @return {@code type:id}, the identifier encoded
     * @throws InvalidIdentifierException if it could be read as something else, or is too long
     */
    public static String object(String type, String id) {
        return join("resource", type, id, MAX_OBJECT_BYTES);
    }

    /**
     * Checks the name of a relation.
     *
     * @param name the relation
     * @return the same name
     * @throws InvalidIdentifierException if OpenFGA has no such names
     */
    public static String relation(String name) {
        if (name.isEmpty() || name.length() > MAX_RELATION_LENGTH) {
            throw new InvalidIdentifierException("action.name must have 1 to " + MAX_RELATION_LENGTH + " characters.");
        }
        if (hasForbidden(name, ":#@")) {
            throw new InvalidIdentifierException(
                    "action.name must not contain ':', '#', '@', '*', white space or control characters.");
        }
        return name;
    }

    /**
     * Encodes an identifier for use behind {@code type:}.
     *
     * @param id the identifier
     * @return the identifier with {@code %} and {@code :} written as {@code %25} and {@code %3A}
     */
    public static String encode(String id) {
        return id.replace("%", "%25").replace(":", "%3A");
    }

    /**
     * Reverses {@link #encode}.
     *
     * @param encoded an identifier as it stands in a tuple
     * @return the identifier
     */
    public static String decode(String encoded) {
        return encoded.replace("%3A", ":").replace("%25", "%");
    }

    private static String join(String owner, String type, String id, int maxBytes) {
        if (type.isEmpty() || type.length() > MAX_TYPE_LENGTH) {
            throw new InvalidIdentifierException(owner + ".type must have 1 to " + MAX_TYPE_LENGTH + " characters.");
        }
        if (hasForbidden(type, ":#@")) {
            throw new InvalidIdentifierException(
                    owner + ".type must not contain ':', '#', '@', '*', white space or control characters.");
        }
        if (id.isEmpty()) {
            throw new InvalidIdentifierException(owner + ".id must not be empty.");
        }
        if (hasForbidden(id, "#")) {
            throw new InvalidIdentifierException(
                    owner + ".id must not contain '#', '*', white space or control characters.");
        }
        String joined = type + ":" + encode(id);
        if (joined.length() > maxBytes / MAX_BYTES_OF_CHAR
                && joined.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new InvalidIdentifierException(
                    owner + ".type and " + owner + ".id are longer than " + maxBytes + " bytes together.");
        }
        return joined;
    }

    /** A loop and no stream: every decision comes through here four times. */
    private static boolean hasForbidden(String text, String separators) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (separators.indexOf(c) >= 0 || isForbidden(c)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Format characters (zero width, bidirectional overrides, tags) count as control characters: they make two ids look
     * alike. Half a surrogate pair is no character: in UTF-8 all of them would become the same question mark.
     */
    private static boolean isForbidden(int c) {
        return c == '*'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE;
    }
}
