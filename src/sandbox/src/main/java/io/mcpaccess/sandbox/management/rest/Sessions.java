package io.mcpaccess.sandbox.management.rest;

import io.mcpaccess.sandbox.data.ManagementUserRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.Tables;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is signed in at the management API: opaque bearer tokens in memory. Safe for any thread. */
final class Sessions {
    static final Duration LIFETIME = Duration.ofDays(7);

    private final Tables tables;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Sessions(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** A token for a user name and password, empty where they are wrong. */
    Optional<Issued> signIn(String username, String password) {
        Optional<ManagementUserRow> user =
                tables.managementUsers().find(username).filter(row -> Secrets.matches(password, row.passwordHash()));
        return user.map(row -> {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            Instant expiresAt = clock.instant().plus(LIFETIME);
            sessions.put(token, new Session(row.username(), expiresAt));
            return new Issued(token, expiresAt);
        });
    }

    /** The name of the user who holds a token, empty where it does not count. */
    Optional<String> user(String token) {
        return Optional.ofNullable(sessions.get(token))
                .filter(session -> session.expiresAt().isAfter(clock.instant()))
                .map(Session::username);
    }

    /** A new token; its text is a secret. */
    record Issued(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[expiresAt=" + expiresAt + "]";
        }
    }

    private record Session(String username, Instant expiresAt) {}
}
