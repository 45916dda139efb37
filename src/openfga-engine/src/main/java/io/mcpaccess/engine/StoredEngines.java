package io.mcpaccess.engine;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads all engines that AM has stored, while a thread of AM waits.
 *
 * <p>AM tries settings on the thread that brought its database's last answer. That thread serves connections of the
 * database as well (R2DBC's event loop, RxJava's computation threads with MongoDB): a read that comes back over it would
 * wait for the one who waits for the read. So another read is begun every so often, each over a connection or thread of
 * its own, until one comes back; none of ours begins on AM's threads. A database that is slow or down is not asked more and
 * more for it: eight reads at the most, ever longer after each other, and no more after the third that failed.
 */
final class StoredEngines {

    private static final long SECONDS = 5;
    /** Before the second read; before the third it is twice as long, and so on. */
    private static final long PAUSE_MILLIS = 100;

    private static final int READS = 8;
    private static final int FAILED_READS = 3;

    private StoredEngines() {}

    /**
     * Blocks until one read has come back.
     *
     * @param repository AM's engines
     * @return all of them
     * @throws RuntimeException if AM cannot read them three times, or not within 5 seconds; its cause is the last failed read,
     *     where one has failed
     */
    static List<AuthorizationEngine> read(AuthorizationEngineRepository repository) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicInteger failed = new AtomicInteger();
        return Flowable.rangeLong(0, READS)
                .concatMapSingle(
                        number -> Single.timer(number * PAUSE_MILLIS, TimeUnit.MILLISECONDS, Schedulers.io()), 1)
                .flatMapMaybe(
                        begin -> Flowable.defer(repository::findAll)
                                .toList()
                                .toMaybe()
                                .onErrorResumeNext(thrown -> {
                                    failure.set(thrown);
                                    return failed.incrementAndGet() < FAILED_READS
                                            ? Maybe.empty()
                                            : Maybe.error(noRead(thrown));
                                })
                                .subscribeOn(Schedulers.io()),
                        false,
                        READS)
                .firstOrError()
                .timeout(SECONDS, TimeUnit.SECONDS, Schedulers.io(), Single.error(() -> noRead(failure.get())))
                .blockingGet();
    }

    private static IllegalStateException noRead(Throwable cause) {
        return new IllegalStateException("No read came back", cause);
    }
}
