package io.gravitee.am.service;

import io.gravitee.am.model.Domain;
import io.reactivex.rxjava3.core.Maybe;

/**
 * Domains by id. Two beans on the management API, one of them primary.
 */
public interface DomainReadService {
    Maybe<Domain> findById(String id);
}
