package io.mcpaccess.registry.testing;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PermissionChecks;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.PermissionSearches;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.UsersQuery;
import io.mcpaccess.openfga.embedded.ChangeLog;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.StoreContent;
import io.mcpaccess.openfga.embedded.Ulids;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.mockito.Mockito;

/** A store that knows direct tuples and which relations its model has. */
public final class StubStore {

    private static final String MODEL = """
            model
              schema 1.1
            type user
            type application
            type tool
              relations
                define can_call: [user, user:*, user with small]
                define can_use: [application]
            condition small(amount: int, limit: int) {
              amount <= limit
            }
            """;

    /** The tuples that there are. */
    public final Set<TupleKey> tuples = ConcurrentHashMap.newKeySet();

    /** The relations that the model has. */
    public final Set<String> relations = ConcurrentHashMap.newKeySet();

    /** Whether it answers. */
    public volatile boolean isDown;

    /** Its checks, as the engine has them. */
    public final PermissionChecks checks = Mockito.mock(PermissionChecks.class);

    /** What it holds, as the engine has it. */
    public final StoreAdministration administration = Mockito.mock(StoreAdministration.class);

    /** Its searches, as the engine has them. */
    public final PermissionSearches searches = Mockito.mock(PermissionSearches.class);

    /** An empty store whose model has {@code can_call} and {@code can_use}. */
    public StubStore() {
        relations.addAll(List.of("can_call", "can_use"));
        Mockito.when(checks.checkAll(Mockito.anyList(), Mockito.any())).thenAnswer(call -> {
            List<CheckResult> results = new ArrayList<>();
            call.<List<PermissionQuestion>>getArgument(0).forEach(each -> results.add(check(each)));
            return CompletableFuture.completedFuture(results);
        });
        Mockito.when(administration.tuples(Mockito.any())).thenAnswer(call -> {
            List<StoredTuple> all = tuples.stream()
                    .map(key -> new StoredTuple(key, Optional.empty()))
                    .toList();
            return isDown
                    ? CompletableFuture.failedFuture(new BackendException(Problem.UNAVAILABLE, "down"))
                    : CompletableFuture.completedFuture(new Page<>(all, Optional.empty()));
        });
        Mockito.when(searches.listUsers(Mockito.any(), Mockito.any(CallContext.class)))
                .thenAnswer(call -> {
                    if (isDown) {
                        return CompletableFuture.failedFuture(new BackendException(Problem.UNAVAILABLE, "down"));
                    }
                    UsersQuery query = call.getArgument(0);
                    List<String> users = tuples.stream()
                            .filter(tuple -> tuple.object().equals(query.object())
                                    && tuple.relation().equals(query.relation())
                                    && tuple.user().startsWith(query.userType() + ":"))
                            .map(TupleKey::user)
                            .sorted()
                            .toList();
                    return CompletableFuture.completedFuture(new FoundUsers(users, false, false));
                });
    }

    /** An explanation in the engine's form: a path for a yes, two alternatives for a no. */
    public CompletionStage<Map<String, Object>> explain(PermissionQuestion question) {
        if (isDown) {
            return CompletableFuture.failedFuture(new BackendException(Problem.UNAVAILABLE, "down"));
        }
        CheckResult result = check(question);
        TupleKey key = question.tuple();
        Map<String, Object> tuple = Map.of("user", key.user(), "relation", key.relation(), "object", key.object());
        Map<String, Object> json = new HashMap<>();
        json.put("allowed", result.isAllowed());
        json.put("reason_code", result.reasonCode());
        json.put("text", "no tuple <" + key.user() + ">");
        json.put("complete", true);
        if (result.isAllowed()) {
            json.put("path", List.of(Map.of("level", 0, "kind", "user", "text", "a tuple", "tuple", tuple)));
        } else {
            Map<String, Object> member = Map.of("user", key.user(), "relation", "member", "object", "team:payers");
            json.put("missing", List.of(List.of(tuple), List.of(member)));
            json.put("blocked", List.of());
            json.put("conditions", List.of());
        }
        return CompletableFuture.completedFuture(json);
    }

    private CheckResult check(PermissionQuestion question) {
        if (isDown) {
            return CheckResult.unavailable("down");
        }
        if (!relations.contains(question.tuple().relation())) {
            return CheckResult.denied(DenialReason.MODEL_MISMATCH, "");
        }
        return tuples.contains(question.tuple()) ? CheckResult.allowed() : CheckResult.denied();
    }

    /** The tuples as a snapshot, evaluated in process by a model of the same two relations. */
    public CompletionStage<StoreSnapshot> snapshot(int mostTuples) {
        if (isDown) {
            return CompletableFuture.failedFuture(new BackendException(Problem.UNAVAILABLE, "down"));
        }
        if (tuples.size() > mostTuples) {
            return CompletableFuture.failedFuture(
                    new BackendException(Problem.UNSUPPORTED, "more than " + mostTuples + " tuples"));
        }
        StoreContent content = new StoreContent(
                "stub",
                List.of(new StoreContent.Model(Ulids.ofContent(MODEL), ModelReader.fromDsl(MODEL))),
                tuples.stream().map(StoredTuple::of).toList());
        return CompletableFuture.completedFuture(new EmbeddedSnapshot(
                new EmbeddedEngine(content, ChangeLog.none(), new Ulids(Clock.systemUTC(), new Random(1))).view()));
    }
}
