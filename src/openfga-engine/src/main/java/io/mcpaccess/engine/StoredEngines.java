package io.mcpaccess.engine;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads all engines that AM has stored, while a thread of AM waits.
 *
 * <p>AM tries settings on the thread that brought its database's last answer. That thread serves connections of the
 * database as well (R2DBC's event loop, RxJava's computation threads with MongoDB): a read that comes back over it would
 * wait for the one who waits for the read. So another read is begun every so often, each over a connection or thread of
 * its own, until one comes back; none of ours begins on AM's threads.
 */
final class StoredEngines {

    private static final long SECONDS = 5;
    private static final long PAUSE_MILLIS = 100;
    private static final int READS = 32;

    private StoredEngines() {}

    /**
     * Blocks until one read has come back.
     *
     * @param repository AM's engines
     * @return all of them
     * @throws RuntimeException if AM cannot read them, or not within 5 seconds; its cause is the last failed read
     */
    static List<AuthorizationEngine> read(AuthorizationEngineRepository repository) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        return Flowable.intervalRange(0, READS, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS, Schedulers.io())
                .flatMapMaybe(
                        number -> Flowable.defer(repository::findAll)
                                .toList()
                                .toMaybe()
                                .doOnError(failure::set)
                                .onErrorComplete()
                                .subscribeOn(Schedulers.io()),
                        false,
                        READS)
                .firstElement()
                .switchIfEmpty(Single.error(() -> new IllegalStateException("No read came back", failure.get())))
                .timeout(SECONDS, TimeUnit.SECONDS, Schedulers.io())
                .blockingGet();
    }
}
