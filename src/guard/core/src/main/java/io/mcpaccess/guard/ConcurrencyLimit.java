package io.mcpaccess.guard;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * So many at once for each: whoever takes more keeps nobody else waiting. Remembers only who is in. Threads may share it.
 */
final class ConcurrencyLimit {
    /** One of them that is taken. To be given back once; giving it back again changes nothing. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    private final int most;
    private final Map<String, Integer> taken = new HashMap<>();

    /**
     * @param most how many slots each has
     */
    ConcurrencyLimit(int most) {
        this.most = most;
    }

    /**
     * @param who any name
     * @return a slot; empty when all of them are taken
     */
    synchronized Optional<Slot> take(String who) {
        int now = taken.getOrDefault(who, 0);
        if (now >= most) {
            return Optional.empty();
        }
        taken.put(who, now + 1);
        AtomicBoolean given = new AtomicBoolean();
        return Optional.of(() -> {
            if (given.compareAndSet(false, true)) {
                leave(who);
            }
        });
    }

    private synchronized void leave(String who) {
        taken.computeIfPresent(who, (name, count) -> count == 1 ? null : count - 1);
    }

    synchronized int size() {
        return taken.size();
    }
}
