package io.gravitee.am.model;

/**
 * A user's identifiers: AM's own, and that of the identity provider ({@code source}).
 */
public record UserId(String id, String externalId, String source) {
    public static UserId internal(String id) {
        return new UserId(id, null, null);
    }
}
