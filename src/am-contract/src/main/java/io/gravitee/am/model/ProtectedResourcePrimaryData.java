package io.gravitee.am.model;

/**
 * The answer to an update. Its components differ between AM lines: plugins must not touch it, they read again by id.
 */
public record ProtectedResourcePrimaryData(String id) {
    public static ProtectedResourcePrimaryData of(ProtectedResource resource) {
        return new ProtectedResourcePrimaryData(resource.getId());
    }
}
