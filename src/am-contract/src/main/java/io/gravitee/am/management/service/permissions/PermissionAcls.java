package io.gravitee.am.management.service.permissions;

/**
 * Rights to ask about; opaque to plugins.
 */
public interface PermissionAcls {}
