package io.gravitee.am.common.audit;

/**
 * Types of audit entries that plugins write.
 */
public interface EventType {
    String PERMISSION_EVALUATED = "PERMISSION_EVALUATED";
    String CLIENT_AUTHENTICATION = "CLIENT_AUTHENTICATION";
}
