package io.gravitee.am.model;

/**
 * A right on a permission.
 */
public enum Acl {
    CREATE,
    READ,
    LIST,
    UPDATE,
    DELETE
}
