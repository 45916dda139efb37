package io.mcpaccess.guard.oauth.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which proofs were taken a moment ago (RFC 9449, section 11.1). The memory is bounded, and one key cannot fill it: where
 * there is no room, no further proof is taken, as forgetting one would let it be used again. Threads may share it.
 */
final class UsedProofs {
    /** What became of a proof. */
    enum Use {
        /** It was not seen before. */
        FIRST,
        /** It was used already. */
        AGAIN,
        /** Nobody can tell: there is no room to remember it. */
        NO_ROOM
    }

    private record Entry(String key, String id, Instant until) {}

    private static final int SHARES = 10;

    private final Duration window;
    private final int capacity;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> ofKey = new HashMap<>();
    private final Deque<Entry> inOrder = new ArrayDeque<>();

    /**
     * @param window how long a proof can be good, counted from now
     * @param capacity how many are remembered at most
     */
    UsedProofs(Duration window, int capacity) {
        this.window = window;
        this.capacity = capacity;
    }

    /**
     * @param key the thumbprint of the key that signed it
     * @param id of the proof, of a bounded length
     * @param now the time
     * @return whether it is the first of that id and key
     */
    synchronized Use take(String key, String id, Instant now) {
        forgetBefore(now);
        String both = key.length() + ":" + key + id;
        if (seen.contains(both)) {
            return Use.AGAIN;
        }
        int already = ofKey.getOrDefault(key, 0);
        if (seen.size() >= capacity || already >= Math.max(1, capacity / SHARES)) {
            return Use.NO_ROOM;
        }
        seen.add(both);
        ofKey.put(key, already + 1);
        inOrder.add(new Entry(key, both, now.plus(window)));
        return Use.FIRST;
    }

    private void forgetBefore(Instant now) {
        while (!inOrder.isEmpty() && !now.isBefore(inOrder.peek().until())) {
            Entry old = inOrder.remove();
            seen.remove(old.id());
            ofKey.computeIfPresent(old.key(), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    synchronized int size() {
        return seen.size();
    }
}
