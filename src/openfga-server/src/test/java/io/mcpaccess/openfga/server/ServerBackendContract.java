package io.mcpaccess.openfga.server;

import static io.mcpaccess.openfga.testing.Questions.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendHealth;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.UsersQuery;
import io.mcpaccess.openfga.server.testing.Host;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server backend does with a real OpenFGA, whatever store that has. */
abstract class ServerBackendContract {

    private static final String MODEL = """
        model
          schema 1.1
        type user
        type role
          relations
            define member: [user]
        type tool
          relations
            define can_call: [user, user:*, role#member, user with below_limit]
        condition below_limit(amount: int, limit: int) {
          amount < limit
        }
        """;
    private static final TupleKey ALICE_PAYS = new TupleKey("user:alice", "can_call", "tool:pay");

    private final OpenFgaStores stores;
    private String store;
    private ServerBackend backend;

    ServerBackendContract(OpenFgaStores stores) {
        this.stores = stores;
    }

    @BeforeEach
    void connect() {
        store = stores.createStore(MODEL);
        backend = backend(Patience.settings(stores.url(), store));
    }

    @AfterEach
    void disconnect() {
        backend.close();
    }

    private static ServerBackend backend(ServerSettings settings) {
        return new ServerBackend(
                settings,
                Host.VERTX.vertx(),
                InstantSource.system(),
                System::nanoTime,
                () -> 0.5,
                ServerObserver.none());
    }

    @Test
    void allowsWhoHoldsThePermissionAndNobodyElse() {
        stores.write(store, ALICE_PAYS);

        assertThat(check(ask("user:alice", "can_call", "tool:pay"))).isEqualTo(CheckResult.allowed());
        assertThat(check(ask("user:bob", "can_call", "tool:pay")).reasonCode()).isEqualTo("permission_denied");
    }

    @Test
    void deniesWhatTheModelDoesNotKnow() {
        assertThat(check(ask("user:alice", "can_fly", "tool:pay")).reasonCode()).isEqualTo("model_mismatch");
        assertThat(check(ask("user:alice", "can_call", "plane:pay")).reasonCode())
                .isEqualTo("model_mismatch");
        assertThat(check(ask("robot:alice", "can_call", "tool:pay")).reasonCode())
                .isEqualTo("model_mismatch");
    }

    @Test
    void deniesWhenAConditionLacksItsParameterAndNamesNoValue() {
        await(backend.addTuple(new StoredTuple(
                ALICE_PAYS, Optional.of(new StoredTuple.Condition("below_limit", Map.of("limit", 10))))));

        assertThat(check(ask(ALICE_PAYS, Map.of())).reasonCode()).isEqualTo("condition_missing");
        assertThat(check(ask(ALICE_PAYS, Map.of("amount", 9))).isAllowed()).isTrue();
        assertThat(check(ask(ALICE_PAYS, Map.of("amount", 10))).reasonCode()).isEqualTo("permission_denied");
        CheckResult mistyped = check(ask(ALICE_PAYS, Map.of("amount", "sesame")));
        assertThat(mistyped.reasonCode()).isEqualTo("condition_missing");
        assertThat(mistyped.toString()).doesNotContain("sesame");
    }

    @Test
    void countsContextualTuplesForTheirQuestionAlone() {
        PermissionQuestion question = new PermissionQuestion(
                ask(ALICE_PAYS, Map.of()).tuple(), Map.of(), List.of(StoredTuple.of(ALICE_PAYS)));

        assertThat(check(question).isAllowed()).isTrue();
        assertThat(check(ask(ALICE_PAYS, Map.of())).isAllowed()).isFalse();
    }

    @Test
    void answersABatchInItsOrderAcrossChunks() {
        stores.write(store, new TupleKey("user:alice", "can_call", "tool:t7"));
        stores.write(store, new TupleKey("user:alice", "can_call", "tool:t119"));
        List<PermissionQuestion> questions = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            questions.add(ask("user:alice", i == 60 ? "can_fly" : "can_call", "tool:t" + i));
        }

        List<CheckResult> answers = await(backend.checkAll(questions, CallContext.none()));

        assertThat(answers).hasSize(120);
        for (int i = 0; i < 120; i++) {
            String expected = i == 7 || i == 119 ? "permitted" : i == 60 ? "model_mismatch" : "permission_denied";
            assertThat(answers.get(i).reasonCode()).as("question " + i).isEqualTo(expected);
        }
    }

    @Test
    void findsObjectsAndUsers() {
        stores.write(
                store,
                ALICE_PAYS,
                new TupleKey("role:clerk#member", "can_call", "tool:print"),
                new TupleKey("user:alice", "member", "role:clerk"),
                new TupleKey("user:*", "can_call", "tool:help"));

        assertThat(await(backend.listObjects(
                                new ObjectsQuery("user:alice", "can_call", "tool", Map.of(), List.of()),
                                CallContext.none()))
                        .objects())
                .containsExactlyInAnyOrder("tool:pay", "tool:print", "tool:help");
        assertThat(await(backend.listUsers(
                                new UsersQuery("tool:print", "can_call", "user", Map.of(), List.of()),
                                CallContext.none()))
                        .users())
                .containsExactly("user:alice");
        assertThat(await(backend.listUsers(
                                new UsersQuery("tool:help", "can_call", "user", Map.of(), List.of()),
                                CallContext.none()))
                        .everyone())
                .isTrue();
    }

    @Test
    void findsNothingByARelationThatTheModelLacks() {
        assertThat(await(backend.listObjects(
                                new ObjectsQuery("user:alice", "can_fly", "tool", Map.of(), List.of()),
                                CallContext.none()))
                        .objects())
                .isEmpty();
        assertThat(await(backend.listUsers(
                                new UsersQuery("tool:pay", "can_fly", "user", Map.of(), List.of()), CallContext.none()))
                        .users())
                .isEmpty();
    }

    @Test
    void writesAndDeletesTuplesWithEffectAtOnce() {
        await(backend.addTuple(StoredTuple.of(ALICE_PAYS)));
        assertThat(check(ask(ALICE_PAYS, Map.of())).isAllowed()).isTrue();
        assertThat(await(backend.tuples(PageQuery.first(10))).items()).containsExactly(StoredTuple.of(ALICE_PAYS));

        await(backend.deleteTuple(ALICE_PAYS));
        assertThat(check(ask(ALICE_PAYS, Map.of())).isAllowed()).isFalse();
    }

    @Test
    void tellsWhatIsWrongWithATuple() {
        assertProblem(
                backend.addTuple(StoredTuple.of(new TupleKey("user:alice", "can_fly", "tool:pay"))),
                BackendException.Problem.INVALID_INPUT,
                "can_fly");
        assertProblem(backend.deleteTuple(ALICE_PAYS), BackendException.Problem.INVALID_INPUT, "does not exist");
    }

    @Test
    void pagesThroughTuples() {
        for (int i = 0; i < 5; i++) {
            stores.write(store, new TupleKey("user:u" + i, "can_call", "tool:pay"));
        }

        Page<StoredTuple> first = await(backend.tuples(PageQuery.first(3)));
        Page<StoredTuple> second = await(backend.tuples(new PageQuery(3, first.next())));

        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2);
        assertThat(second.next()).isEmpty();
        assertProblem(
                backend.tuples(new PageQuery(3, Optional.of("nonsense"))),
                BackendException.Problem.INVALID_INPUT,
                "continuation token");
    }

    @Test
    void decidesByANewModelAtOnceWhenNoneIsPinned() {
        assertThat(check(ask("user:alice", "can_fly", "tool:pay")).reasonCode()).isEqualTo("model_mismatch");

        ModelDocument old = await(backend.models(PageQuery.first(10))).items().get(0);
        String added = await(backend.addModel(old.json().replace("can_call", "can_fly")));

        assertThat(check(ask("user:alice", "can_fly", "tool:pay")).reasonCode()).isEqualTo("permission_denied");
        assertThat(await(backend.models(PageQuery.first(10))).items())
                .extracting(ModelDocument::id)
                .containsExactly(added, old.id());
    }

    @Test
    void refusesAModelThatIsNone() {
        assertProblem(backend.addModel("{"), BackendException.Problem.INVALID_INPUT, "not the JSON of a model");
        assertProblem(
                backend.addModel("{\"schema_version\":\"1.1\",\"type_definitions\":[]}"),
                BackendException.Problem.INVALID_INPUT,
                "TypeDefinitions");
    }

    @Test
    void describesTheStoreAndItsHealth() {
        assertThat(await(backend.store()).id()).isEqualTo(store);
        BackendHealth health = await(backend.health());
        assertThat(health.reachable()).isTrue();
        assertThat(health.modelId()).isPresent();
        assertThat(health.breaker()).isEqualTo("closed");
    }

    @Test
    void isUnavailableWithoutStoreOrModel() {
        ServerBackend noModel = backend(Patience.settings(stores.url(), stores.createStore()));
        ServerBackend noStore = backend(Patience.settings(stores.url(), "01ARZ3NDEKTSV4RRFFQ69G5FAV"));

        for (ServerBackend broken : List.of(noModel, noStore)) {
            assertThat(await(broken.check(ask(ALICE_PAYS, Map.of()), CallContext.none()))
                            .reasonCode())
                    .isEqualTo("engine_unavailable");
            assertThat(await(broken.health()).reachable()).isFalse();
        }
        assertProblem(noStore.store(), BackendException.Problem.NOT_FOUND, "no such store");
        noModel.close();
        noStore.close();
    }

    @Test
    void answersUnavailableOnceClosed() {
        backend.close();

        assertThat(check(ask(ALICE_PAYS, Map.of())).reasonCode()).isEqualTo("engine_unavailable");
        assertProblem(backend.store(), BackendException.Problem.UNAVAILABLE, "");
    }

    private CheckResult check(PermissionQuestion question) {
        return await(backend.check(question, CallContext.none()));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void assertProblem(CompletionStage<?> stage, BackendException.Problem problem, String words) {
        assertThatThrownBy(() -> await(stage)).cause().isInstanceOfSatisfying(BackendException.class, e -> {
            assertThat(e.problem()).isEqualTo(problem);
            assertThat(e.getMessage()).contains(words);
        });
    }
}
