package io.mcpaccess.openfga.embedded.tuples;

/**
 * The parts of a user or object in OpenFGA's text form.
 *
 * @param type what stands before the colon; empty when there is none
 * @param id what stands after it; {@code *} for the typed wildcard
 * @param relation what stands after the number sign; empty when the user is no userset
 */
public record UserText(String type, String id, String relation) {

    /**
     * Takes a user apart. What is no valid user is taken apart as well as it goes.
     *
     * @param text {@code type:id}, {@code type:*} or {@code type:id#relation}
     * @return the parts
     */
    public static UserText of(String text) {
        int hash = text.lastIndexOf('#');
        String object = hash < 0 ? text : text.substring(0, hash);
        int colon = object.indexOf(':');
        return new UserText(
                colon < 0 ? "" : object.substring(0, colon),
                object.substring(colon + 1),
                hash < 0 ? "" : text.substring(hash + 1));
    }

    /**
     * Whether it is {@code type:*}.
     *
     * @return true for the typed wildcard
     */
    public boolean isWildcard() {
        return id.equals("*") && relation.isEmpty() && !type.isEmpty();
    }

    /**
     * Whether it is {@code type:id#relation}.
     *
     * @return true for usersets
     */
    public boolean isUserset() {
        return !relation.isEmpty();
    }

    /** In OpenFGA's text form. */
    @Override
    public String toString() {
        return type + ":" + id + (relation.isEmpty() ? "" : "#" + relation);
    }
}
