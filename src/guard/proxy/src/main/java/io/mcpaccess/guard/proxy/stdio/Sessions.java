package io.mcpaccess.guard.proxy.stdio;

import io.mcpaccess.guard.proxy.settings.UpstreamSettings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of one server, bounded in number, age and idle time. A caller with too many loses the one that it has not used
 * for longest: clients that begin anew often do not end what was before. Threads may share it.
 */
final class Sessions {
    private static final int ID_BYTES = 24;

    private final UpstreamSettings.ProcessBounds bounds;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> open = new HashMap<>();

    /** Why there is no session for a caller. */
    enum Full {
        /** The caller's own are all in use. */
        OF_CALLER,
        /** All are in use. */
        OF_ALL
    }

    /**
     * What came of a wish for a session.
     *
     * @param session the new one; empty where there is none
     * @param ended those that had to go for it
     * @param full why there is none
     */
    record Opening(Optional<Session> session, List<Session> ended, Optional<Full> full) {}

    Sessions(UpstreamSettings.ProcessBounds bounds) {
        this.bounds = bounds;
    }

    synchronized Opening open(String owner) {
        List<Session> own = open.values().stream()
                .filter(session -> session.owner().equals(owner))
                .toList();
        List<Session> ended = new ArrayList<>();
        if (own.size() >= bounds.sessionsOfOne()) {
            Optional<Session> unused = own.stream()
                    .filter(session -> !session.isWaitedFor())
                    .max(Comparator.comparingLong(Session::idleNanos));
            if (unused.isEmpty()) {
                return new Opening(Optional.empty(), ended, Optional.of(Full.OF_CALLER));
            }
            open.remove(unused.get().id());
            ended.add(unused.get());
        }
        if (open.size() >= bounds.sessions()) {
            return new Opening(Optional.empty(), ended, Optional.of(Full.OF_ALL));
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        Session session = new Session(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), owner);
        open.put(session.id(), session);
        return new Opening(Optional.of(session), ended, Optional.empty());
    }

    synchronized Optional<Session> find(String id, String owner) {
        return Optional.ofNullable(open.get(id))
                .filter(session -> session.owner().equals(owner));
    }

    /**
     * @return whether it was still there
     */
    synchronized boolean remove(Session session) {
        return open.remove(session.id(), session);
    }

    /** Takes out those whose time is over. */
    synchronized List<Session> expired() {
        List<Session> over = open.values().stream()
                .filter(session -> session.idleNanos() > bounds.idle().toNanos()
                        || session.ageNanos() > bounds.age().toNanos())
                .toList();
        over.forEach(session -> open.remove(session.id()));
        return over;
    }

    synchronized List<Session> all() {
        return List.copyOf(open.values());
    }

    synchronized int count() {
        return open.size();
    }
}
