package io.gravitee.am.common.event;

/**
 * What happened to an entity, as stored in AM's event table.
 */
public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    BULK_CREATE,
    BULK_UPDATE,
    BULK_DELETE
}
