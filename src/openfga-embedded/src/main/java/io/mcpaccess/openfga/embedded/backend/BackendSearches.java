package io.mcpaccess.openfga.embedded.backend;

import io.mcpaccess.openfga.FoundObjects;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.UsersQuery;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.Found;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Searches of a view in the form of the ports. One for what the model does not know finds nothing, as with a server. */
final class BackendSearches {

    private static final int MOST_FOUND = 1000;

    private static final Found NOTHING = new Found(List.of(), false);

    private BackendSearches() {}

    static FoundObjects objects(StoreView view, ObjectsQuery query, Duration left) {
        Found found = orNothing(() -> view.listObjects(
                query.user(),
                query.relation(),
                query.objectType(),
                query.context(),
                query.contextualTuples(),
                MOST_FOUND,
                left));
        return new FoundObjects(found.items(), found.truncated());
    }

    static FoundUsers users(StoreView view, UsersQuery query, Duration left) {
        Found found = orNothing(() -> view.listUsers(
                query.object(),
                query.relation(),
                query.userType(),
                query.context(),
                query.contextualTuples(),
                MOST_FOUND,
                left));
        String everyone = query.userType() + ":*";
        List<String> users =
                found.items().stream().filter(user -> !user.equals(everyone)).toList();
        return new FoundUsers(users, found.items().contains(everyone), found.truncated());
    }

    private static Found orNothing(Supplier<Found> search) {
        try {
            return search.get();
        } catch (OpenFgaException e) {
            if (BackendAnswers.saysThatTheModelDoesNotKnowIt(e)) {
                return NOTHING;
            }
            throw e;
        }
    }
}
