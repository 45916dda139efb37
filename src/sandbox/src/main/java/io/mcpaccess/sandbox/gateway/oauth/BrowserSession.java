package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.UserRow;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import java.util.Optional;

/** What the browser's session holds: who signed in, and the last decision on a consent page until it is used. */
final class BrowserSession {
    private static final String USER = "user";
    private static final String SIGNED_IN_FOR = "login.request";
    private static final String COMPLETED = "userConsentCompleted";
    private static final String APPROVED = "userConsentApproved";

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
    }

    /** Whether a decision waits to be read. */
    boolean isDeciding() {
        return Boolean.TRUE.equals(session.get(COMPLETED));
    }

    /** As in AM, the decision is the session's, not the request's. */
    void decide(boolean approved) {
        session.put(COMPLETED, true);
        session.put(APPROVED, approved);
    }

    /** The decision, which is used up by reading it. */
    Optional<Boolean> takeDecision() {
        return Boolean.TRUE.equals(session.remove(COMPLETED))
                ? Optional.of(Boolean.TRUE.equals(session.get(APPROVED)))
                : Optional.empty();
    }
}
