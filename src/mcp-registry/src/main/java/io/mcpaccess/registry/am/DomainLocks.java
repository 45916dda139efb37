package io.mcpaccess.registry.am;

import io.mcpaccess.registry.plan.RegistryException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one call at a time write to a domain. */
public final class DomainLocks {

    private static final long SECONDS = 15;

    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * Does something while nobody else does in the same domain.
     *
     * @param domainId the domain
     * @param work what to do
     * @param <T> what it gives
     * @return what it gave
     * @throws RegistryException with status 503 if others were busy for too long
     */
    public <T> T inDomain(String domainId, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(domainId, id -> new ReentrantLock(true));
        try {
            if (!lock.tryLock(SECONDS, TimeUnit.SECONDS)) {
                throw new RegistryException(
                        503, "Another registration in this domain takes long. Nothing was changed; try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(503, "The engine is being stopped. Nothing was changed; try again.", e);
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
