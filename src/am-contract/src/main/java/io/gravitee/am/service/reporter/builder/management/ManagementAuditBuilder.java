package io.gravitee.am.service.reporter.builder.management;

import io.gravitee.am.service.reporter.builder.AuditBuilder;

/**
 * An audit entry about a change made through the management API. A type of one's own has no entry in the console's filter.
 */
public abstract class ManagementAuditBuilder<T extends ManagementAuditBuilder<T>> extends AuditBuilder<T> {
    protected ManagementAuditBuilder() {
        client("admin");
    }
}
