package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.UserRow;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import java.util.Optional;

/** What the browser's session holds: who signed in, and the decision about one authorization request, named by its query. */
final class BrowserSession {
    private static final String USER = "user";
    private static final String SIGNED_IN_FOR = "login.request";
    private static final String DECIDED = "consent.request";
    private static final String APPROVED = "consent.approved";

    private final Session session;

    BrowserSession(RoutingContext context) {
        this.session = context.session();
    }

    Optional<UserRow> user(Tables tables) {
        return tables.users().find(session.get(USER)).filter(UserRow::enabled);
    }

    /** Signs a user in under a new session identifier, for the request that asked for it. */
    void signIn(UserRow user, String query) {
        session.regenerateId();
        session.put(USER, user.id());
        session.put(SIGNED_IN_FOR, query);
    }

    /** Whether the user signed in for this very request, which is used up by asking. */
    boolean takeFreshLogin(String query) {
        return query.equals(session.remove(SIGNED_IN_FOR));
    }

    void signOut() {
        session.remove(USER);
        session.remove(DECIDED);
    }

    /** Whether a decision about this very request waits to be read. */
    boolean isDeciding(String query) {
        return query.equals(session.get(DECIDED));
    }

    void decide(String query, boolean approved) {
        session.put(DECIDED, query);
        session.put(APPROVED, approved);
    }

    /** The decision about this very request, which is used up by reading it. */
    Optional<Boolean> takeDecision(String query) {
        if (!query.equals(session.get(DECIDED))) {
            return Optional.empty();
        }
        session.remove(DECIDED);
        return Optional.ofNullable(session.remove(APPROVED));
    }
}
