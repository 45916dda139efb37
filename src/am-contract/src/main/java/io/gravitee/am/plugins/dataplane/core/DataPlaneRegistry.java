package io.gravitee.am.plugins.dataplane.core;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.Domain;

/**
 * Gives the repositories of the data plane that a domain lives in.
 */
public interface DataPlaneRegistry {
    ScopeApprovalRepository getScopeApprovalRepository(Domain domain);
}
