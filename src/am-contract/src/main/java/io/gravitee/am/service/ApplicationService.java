package io.gravitee.am.service;

import io.gravitee.am.model.Application;
import io.reactivex.rxjava3.core.Single;
import java.util.Set;

/**
 * Applications of a domain; a bean of both nodes.
 */
public interface ApplicationService {
    Single<Set<Application>> findByDomain(String domain);
}
