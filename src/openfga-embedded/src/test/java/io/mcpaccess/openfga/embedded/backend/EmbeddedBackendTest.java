package io.mcpaccess.openfga.embedded.backend;

import static io.mcpaccess.openfga.embedded.Engines.key;
import static io.mcpaccess.openfga.embedded.Engines.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.ObjectsQuery;
import io.mcpaccess.openfga.Page;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.UsersQuery;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedBackendTest {

    private static final String MODEL = """
        model
          schema 1.1
        type user
        type tool
          relations
            define can_call: [user, user:*, user with on_duty]
        condition on_duty(duty: bool) {
          duty
        }
        """;

    private final EmbeddedEngine engine =
            Engines.of(MODEL, "tool:pay#can_call@user:ann", "tool:search#can_call@user:*");
    private final EmbeddedBackend backend = new EmbeddedBackend(engine, "store.fga.yaml", Optional.empty());

    @AfterEach
    void close() {
        backend.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Problem problem(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> join(stage));
        assertThat(thrown).isInstanceOf(CompletionException.class).cause().isInstanceOf(BackendException.class);
        return ((BackendException) thrown.getCause()).problem();
    }

    private static PermissionQuestion question(String tuple, Map<String, Object> context) {
        return PermissionQuestion.of(key(tuple), context);
    }

    private String reason(String tuple) {
        return join(backend.check(question(tuple, Map.of()), CallContext.none()))
                .reasonCode();
    }

    @Test
    void saysWhyItDenies() {
        join(backend.addTuple(new StoredTuple(
                key("tool:pay#can_call@user:dora"), Optional.of(new StoredTuple.Condition("on_duty", Map.of())))));

        assertThat(reason("tool:pay#can_call@user:ann")).isEqualTo("permitted");
        assertThat(reason("tool:pay#can_call@user:bob")).isEqualTo("permission_denied");
        assertThat(reason("tool:pay#can_call@user:dora")).isEqualTo("condition_missing");
        assertThat(reason("tool:pay#can_fly@user:ann")).isEqualTo("model_mismatch");
        assertThat(reason("plane:1#can_call@user:ann")).isEqualTo("model_mismatch");
        assertThat(join(backend.check(
                                question("tool:pay#can_call@user:dora", Map.of("duty", true)), CallContext.none()))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void answersABatchInItsOrder() {
        List<CheckResult> results = join(backend.checkAll(
                List.of(
                        question("tool:pay#can_call@user:bob", Map.of()),
                        question("tool:pay#can_fly@user:bob", Map.of()),
                        question("tool:pay#can_call@user:ann", Map.of())),
                CallContext.none()));
        assertThat(results)
                .extracting(CheckResult::reasonCode)
                .containsExactly("permission_denied", "model_mismatch", "permitted");
    }

    @Test
    void findsObjectsAndUsers() {
        assertThat(join(backend.listObjects(
                                new ObjectsQuery("user:ann", "can_call", "tool", Map.of(), List.of()),
                                CallContext.none()))
                        .objects())
                .containsExactlyInAnyOrder("tool:pay", "tool:search");
        assertThat(join(backend.listUsers(
                        new UsersQuery("tool:search", "can_call", "user", Map.of(), List.of()), CallContext.none())))
                .isEqualTo(new FoundUsers(List.of(), true, false));
        assertThat(join(backend.listObjects(
                                new ObjectsQuery("user:ann", "can_fly", "tool", Map.of(), List.of()),
                                CallContext.none()))
                        .objects())
                .isEmpty();
    }

    @Test
    void pagesThroughAllTuplesEvenWhenRowsAreRenumbered() {
        for (int i = 0; i < 10; i++) {
            join(backend.addTuple(tuple("tool:t" + i + "#can_call@user:u")));
        }
        List<StoredTuple> seen = new ArrayList<>();
        Page<StoredTuple> page = join(backend.tuples(PageQuery.first(5)));
        seen.addAll(page.items());
        for (int i = 0; i < 2000; i++) {
            engine.write(List.of(tuple("tool:x#can_call@user:u")), List.of());
            engine.write(List.of(), List.of(key("tool:x#can_call@user:u")));
        }
        while (page.next().isPresent()) {
            page = join(backend.tuples(new PageQuery(5, page.next())));
            seen.addAll(page.items());
        }
        assertThat(seen).hasSize(12).doesNotHaveDuplicates();
        assertThat(problem(backend.tuples(new PageQuery(5, Optional.of("nonsense")))))
                .isEqualTo(Problem.INVALID_INPUT);
    }

    @Test
    void listsModelsTheNewestFirst() {
        String id = join(backend.addModel(join(backend.currentModel()).json().replace("can_call", "can_use")));
        assertThat(join(backend.models(PageQuery.first(1))).items().get(0).id()).isEqualTo(id);
        Page<?> second = join(backend.models(
                new PageQuery(1, join(backend.models(PageQuery.first(1))).next())));
        assertThat(second.items()).hasSize(1);
        assertThat(second.next()).isEmpty();
        assertThat(join(backend.currentModel()).json()).contains("can_use").contains(id);
        assertThat(problem(backend.addModel("{}"))).isEqualTo(Problem.INVALID_INPUT);
    }

    @Test
    void refusesWhatOpenFgaRefuses() {
        assertThat(problem(backend.addTuple(tuple("tool:pay#can_call@user:ann"))))
                .isEqualTo(Problem.INVALID_INPUT);
        assertThat(problem(backend.addTuple(tuple("tool:pay#can_fly@user:ann"))))
                .isEqualTo(Problem.INVALID_INPUT);
        assertThat(problem(backend.deleteTuple(key("tool:pay#can_call@user:bob"))))
                .isEqualTo(Problem.INVALID_INPUT);
    }

    @Test
    void aPinnedModelThatIsGoneDeniesNothingAndAllowsNothing() {
        try (EmbeddedBackend pinned =
                new EmbeddedBackend(engine, "store.fga.yaml", Optional.of("01J99999999999999999999999"))) {
            CheckResult result =
                    join(pinned.check(question("tool:pay#can_call@user:ann", Map.of()), CallContext.none()));
            assertThat(result).isInstanceOf(CheckResult.Unavailable.class);
            assertThat(join(pinned.health()).detail()).contains("not found");
            assertThat(problem(pinned.currentModel())).isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void explains() {
        assertThat(join(backend.explain(question("tool:pay#can_call@user:bob", Map.of())))
                        .toText())
                .contains("add user:bob can_call tool:pay");
    }

    @Test
    void answersAsUnavailableAfterItWasClosed() {
        backend.close();
        assertThat(reason("tool:pay#can_call@user:ann")).isEqualTo("engine_unavailable");
        assertThat(problem(backend.store())).isEqualTo(Problem.UNAVAILABLE);
        assertThat(join(backend.health()).reachable()).isFalse();
    }
}
