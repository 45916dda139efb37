package io.mcpaccess.openfga.server;

import dev.openfga.sdk.api.model.ListUsersResponse;
import dev.openfga.sdk.api.model.User;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.FoundObjects;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.UsersQuery;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Searches. Their futures fail with a {@link ServerFailure}; a type or relation that the model lacks finds nothing. */
final class Searches {

    private static final int MOST_OBJECTS = 10_000;

    /** Where OpenFGA stops unless it is told otherwise (its option {@code listUsers-max-results}). */
    private static final int MOST_USERS = 1_000;

    private final Connection connection;
    private final SdkRequests requests;

    Searches(Connection connection) {
        this.connection = connection;
        this.requests = new SdkRequests(connection.settings());
    }

    CompletableFuture<FoundObjects> objects(ObjectsQuery query, CallContext call) {
        Budget budget = connection.searchBudget();
        return connection
                .model()
                .id()
                .thenCompose(model ->
                        connection.calls().read(budget, call, attempt -> stream(attempt, model, query, budget)))
                .exceptionallyCompose(thrown -> nothingIfUnknown(thrown, () -> new FoundObjects(List.of(), false)));
    }

    /** The SDK's streaming would block a thread while it reads, and knows no partial answer. */
    private CompletableFuture<FoundObjects> stream(
            GuardedCalls.Attempt attempt, String model, ObjectsQuery query, Budget budget) throws Exception {
        ObjectLines lines = new ObjectLines(connection.json(), MOST_OBJECTS);
        String base = connection.settings().baseUrl();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base + "/stores/" + connection.settings().storeId() + "/streamed-list-objects"))
                // A little less than what is left, so that what has come by then can still be handed on.
                .timeout(attempt.timeout().multipliedBy(19).dividedBy(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        connection.json().writeValueAsBytes(requests.objects(model, query))));
        connection.settings().headers().forEach(request::setHeader);
        attempt.headers().forEach(request::setHeader);
        return connection
                .runtime()
                .send(request.build(), HttpResponse.BodyHandlers.fromLineSubscriber(lines))
                .handle((response, thrown) -> {
                    if (thrown == null) {
                        return found(response, lines, budget);
                    }
                    ServerFailure failure = connection.failures().of(thrown);
                    if (failure.kind() == ServerFailure.Kind.TIMEOUT && lines.hasBegun()) {
                        return lines.found(true);
                    }
                    throw failure;
                });
    }

    private FoundObjects found(HttpResponse<Void> response, ObjectLines lines, Budget budget) {
        if (response.statusCode() != 200) {
            throw connection
                    .failures()
                    .refused(
                            response.statusCode(),
                            lines.firstLine(),
                            response.headers().firstValue("Retry-After").orElse(null));
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
