package io.gravitee.am.repository.common;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;

/**
 * What every AM repository offers.
 */
public interface CrudRepository<T, ID> {
    Maybe<T> findById(ID id);

    Single<T> create(T item);

    Single<T> update(T item);

    Completable delete(ID id);
}
