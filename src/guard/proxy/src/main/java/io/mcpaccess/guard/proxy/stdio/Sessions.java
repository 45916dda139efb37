package io.mcpaccess.guard.proxy.stdio;

import io.mcpaccess.guard.proxy.settings.UpstreamSettings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of one server, bounded in number, age and idle time. A caller with too many loses the one that it has not used
 * for longest: clients that begin anew often do not end what was before. A session that is over counts until its process is
 * gone, as whoever begins and ends without a pause would have more processes than anybody allowed. Threads may share it.
 */
final class Sessions {
    private static final int ID_BYTES = 24;

    private final UpstreamSettings.ProcessBounds bounds;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> open = new HashMap<>();
    private final Set<Session> leaving = new HashSet<>();

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
        if (ofOwner(leaving, owner).size() >= bounds.sessionsOfOne()) {
            return new Opening(Optional.empty(), List.of(), Optional.of(Full.OF_CALLER));
        }
        if (leaving.size() >= bounds.sessions()) {
            return new Opening(Optional.empty(), List.of(), Optional.of(Full.OF_ALL));
        }
        List<Session> own = ofOwner(open.values(), owner);
        List<Session> ended = new ArrayList<>();
        if (own.size() >= bounds.sessionsOfOne()) {
            Optional<Session> unused = own.stream()
                    .filter(session -> !session.isWaitedFor())
                    .max(Comparator.comparingLong(Session::idleNanos));
            if (unused.isEmpty()) {
                return new Opening(Optional.empty(), ended, Optional.of(Full.OF_CALLER));
            }
            remove(unused.get());
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

    private static List<Session> ofOwner(Collection<Session> sessions, String owner) {
        return sessions.stream()
                .filter(session -> session.owner().equals(owner))
                .toList();
    }

    /** Nobody finds it any more; its process may still be there. */
    synchronized void remove(Session session) {
        if (open.remove(session.id(), session)) {
            leaving.add(session);
        }
    }

    /** Its process is gone, or never was. */
    synchronized void gone(Session session) {
        open.remove(session.id(), session);
        leaving.remove(session);
    }

    /** Takes out those whose time is over. */
    synchronized List<Session> expired() {
        List<Session> over = open.values().stream()
                .filter(session -> session.idleNanos() > bounds.idle().toNanos()
                        || session.ageNanos() > bounds.age().toNanos())
                .toList();
        over.forEach(this::remove);
        return over;
    }

    synchronized List<Session> all() {
        return List.copyOf(open.values());
    }

    /** With those that are over and whose process is still there. */
    synchronized List<Session> withProcess() {
        List<Session> all = new ArrayList<>(open.values());
        all.addAll(leaving);
        return all;
    }

    synchronized int count() {
        return open.size() + leaving.size();
    }
}
