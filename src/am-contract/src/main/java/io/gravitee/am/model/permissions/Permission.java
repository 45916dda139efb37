package io.gravitee.am.model.permissions;

/**
 * Permissions of AM's console users that the engine's management resource asks about.
 */
public enum Permission {
    DOMAIN,
    DOMAIN_AUDIT,
    DOMAIN_FLOW,
    DOMAIN_FORM,
    DOMAIN_OPENID,
    DOMAIN_SCOPE,
    DOMAIN_USER,
    DOMAIN_AUTHORIZATION_ENGINE,
    APPLICATION,
    PROTECTED_RESOURCE
}
