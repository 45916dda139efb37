package io.gravitee.am.management.service;

import io.gravitee.am.model.common.Page;
import io.gravitee.am.reporter.api.audit.AuditReportableCriteria;
import io.gravitee.am.reporter.api.audit.model.Audit;
import io.reactivex.rxjava3.core.Single;

/**
 * Reads AM's audit log, the newest entry first. Not to be confused with {@code io.gravitee.am.service.AuditService}, which writes it.
 */
public interface AuditService {
    Single<Page<Audit>> search(String domain, AuditReportableCriteria criteria, int page, int size);
}
