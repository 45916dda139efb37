package io.gravitee.am.model;

/**
 * Where an entity belongs: kind and id.
 */
public record Reference(ReferenceType type, String id) {
    public static Reference organization(String id) {
        return new Reference(ReferenceType.ORGANIZATION, id);
    }

    public static Reference environment(String id) {
        return new Reference(ReferenceType.ENVIRONMENT, id);
    }

    public static Reference domain(String id) {
        return new Reference(ReferenceType.DOMAIN, id);
    }
}
