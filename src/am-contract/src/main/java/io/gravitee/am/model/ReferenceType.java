package io.gravitee.am.model;

/**
 * What kind of thing a reference points at.
 */
public enum ReferenceType {
    PLATFORM,
    DOMAIN,
    APPLICATION,
    ORGANIZATION,
    ENVIRONMENT,
    PROTECTED_RESOURCE
}
