package io.gravitee.am.service;

import io.gravitee.am.service.reporter.builder.AuditBuilder;

/**
 * Takes audit entries; asynchronous, never throws.
 */
public interface AuditService {
    void report(AuditBuilder<?> auditBuilder);
}
