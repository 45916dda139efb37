package io.mcpaccess.openfga.server;

import dev.openfga.sdk.api.model.ListUsersResponse;
import dev.openfga.sdk.api.model.User;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.FoundObjects;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.UsersQuery;
import io.mcpaccess.openfga.server.http.HttpCall;
import io.mcpaccess.openfga.server.http.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Searches. Their futures fail with a {@link ServerFailure}; a type or relation that the model lacks finds nothing. */
final class Searches {

    private static final int MOST_OBJECTS = 10_000;

    /** Where OpenFGA stops unless it is told otherwise (its option {@code listUsers-max-results}). */
    private static final int MOST_USERS = 1_000;

    /** Ten thousand objects with long names; what comes after that is not read. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Connection connection;
    private final SdkRequests requests;
    private final URI streamedObjects;
    private final Map<String, String> headers;

    Searches(Connection connection) {
        this.connection = connection;
        this.requests = new SdkRequests(connection.settings());
        this.streamedObjects = connection.settings().storeUri("/streamed-list-objects");
        this.headers = DecisionCalls.jsonHeaders(connection.settings());
    }

    CompletableFuture<FoundObjects> objects(ObjectsQuery query, CallContext call) {
        Budget budget = connection.searchBudget();
        return connection
                .model()
                .id()
                .thenCompose(model -> connection
                        .calls()
                        .read(
                                budget,
                                call,
                                GuardedCalls.<FoundObjects>futureOf(
                                        (attempt, end) -> stream(attempt, model, query, budget, end))))
                .exceptionallyCompose(thrown -> nothingIfUnknown(thrown, () -> new FoundObjects(List.of(), false)));
    }

    /** The SDK's streaming would block a thread while it reads, and knows no partial answer. */
    private void stream(
            GuardedCalls.Attempt attempt,
            String model,
            ObjectsQuery query,
            Budget budget,
            BiConsumer<FoundObjects, Throwable> end)
            throws IOException {
        ObjectLines lines = new ObjectLines(connection.json(), MOST_OBJECTS);
        HttpCall call = new HttpCall(
                "POST",
                streamedObjects,
                headers,
                attempt.authorization(),
                attempt.traceparent(),
                connection.json().writeValueAsBytes(requests.objects(model, query)),
                // A little less than what is left, so that what has come by then can still be handed on.
                attempt.timeout().multipliedBy(19).dividedBy(20),
                MOST_BYTES);
        connection.transport().send(call, lines, (answer, failure) -> {
            try {
                end.accept(found(answer, failure, lines, budget), null);
            } catch (ServerFailure named) {
                end.accept(null, named);
            }
        });
    }

    private FoundObjects found(WholeAnswer answer, Throwable thrown, ObjectLines lines, Budget budget) {
        if (thrown != null) {
            ServerFailure failure = connection.failures().of(thrown);
            boolean isCutShort = failure.kind() == ServerFailure.Kind.TIMEOUT || ServerFailures.isTooLarge(thrown);
            if (isCutShort && lines.hasBegun()) {
                return lines.found(true);
            }
            throw failure;
        }
        lines.ends();
        if (!answer.isSuccess()) {
            throw connection.failures().refused(answer.status(), lines.firstLine(), answer.retryAfter());
        }
        return lines.found(budget.isNearlySpent());
    }

    CompletableFuture<FoundUsers> users(UsersQuery query, CallContext call) {
        Budget budget = connection.searchBudget();
        return connection
                .model()
                .id()
                .thenCompose(model -> connection
                        .calls()
                        .read(
                                budget,
                                call,
                                attempt -> connection
                                        .sdk(
                                                attempt,
                                                (api, store, options) ->
                                                        api.listUsers(store, requests.users(model, query), options))
                                        .thenApply(response -> found(response.getData(), budget))))
                .exceptionallyCompose(
                        thrown -> nothingIfUnknown(thrown, () -> new FoundUsers(List.of(), false, false)));
    }

    private static FoundUsers found(ListUsersResponse response, Budget budget) {
        if (response == null || response.getUsers() == null) {
            throw ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer has no list of users");
        }
        Set<String> users = new LinkedHashSet<>();
        boolean everyone = false;
        for (User user : response.getUsers()) {
            if (user.getWildcard() != null) {
                everyone = true;
            } else if (user.getObject() != null) {
                users.add(user.getObject().getType() + ":" + user.getObject().getId());
            }
        }
        boolean truncated = response.getUsers().size() >= MOST_USERS || budget.isNearlySpent();
        return new FoundUsers(List.copyOf(users), everyone, truncated);
    }

    private <T> CompletableFuture<T> nothingIfUnknown(Throwable thrown, Supplier<T> nothing) {
        ServerFailure failure = connection.failures().of(thrown);
        if (Answers.saysThatThereIsNoModel(failure)) {
            connection.model().forget();
        }
        return Answers.saysThatTheModelDoesNotKnowIt(failure)
                ? CompletableFuture.completedFuture(nothing.get())
                : CompletableFuture.failedFuture(failure);
    }
}
