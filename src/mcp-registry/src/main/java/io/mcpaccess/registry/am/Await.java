package io.mcpaccess.registry.am;

import io.mcpaccess.registry.plan.RegistryException;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for AM's services, never for ever. Not for event loops. */
final class Await {

    private static final long SECONDS = 10;

    private Await() {}

    static <T> T get(Single<T> single) {
        try {
            return single.timeout(SECONDS, TimeUnit.SECONDS).blockingGet();
        } catch (RuntimeException e) {
            throw readable(e);
        }
    }

    static <T> Optional<T> get(Maybe<T> maybe) {
        try {
            return Optional.ofNullable(maybe.timeout(SECONDS, TimeUnit.SECONDS).blockingGet());
        } catch (RuntimeException e) {
            throw readable(e);
        }
    }

    static void done(Completable completable) {
        try {
            completable.timeout(SECONDS, TimeUnit.SECONDS).blockingAwait();
        } catch (RuntimeException e) {
            throw readable(e);
        }
    }

    private static RuntimeException readable(RuntimeException e) {
        return e.getCause() instanceof TimeoutException
                ? new RegistryException(504, "AM did not answer within " + SECONDS + " seconds.", e)
                : e;
    }
}
