package io.gravitee.am.service;

import io.gravitee.am.model.Domain;
import io.reactivex.rxjava3.core.Maybe;

/**
 * Domains by id, and the URL that clients reach one at. Two beans on the management API, one of them primary.
 */
public interface DomainReadService {
    Maybe<Domain> findById(String id);

    /** From the data plane's URL or {@code gateway.url}, with virtual hosts; never from a request. */
    default String buildUrl(Domain domain, String path) {
        throw new UnsupportedOperationException("AM's own service builds URLs; this is its signature alone.");
    }
}
