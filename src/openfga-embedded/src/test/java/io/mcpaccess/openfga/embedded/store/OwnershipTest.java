package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PageQuery;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A domain administrator who names another domain's store gets nothing of it, and changes nothing in it. */
class OwnershipTest {

    private static final String STORE = """
        model: |
          model
            schema 1.1
          type user
          type tool
            relations
              define can_call: [user]
        tuples:
          - {user: "user:ann", relation: can_call, object: "tool:pay"}
        """;

    @TempDir
    private Path directory;

    private final List<EmbeddedBackend> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(EmbeddedBackend::close);
    }

    @Test
    void attack_anotherDomainsStoreIsNeitherReadNorWritten() throws IOException {
        write("store.yaml", STORE);
        EmbeddedBackend first = management("a");
        eventually(() -> Files.exists(directory.resolve("store.yaml.owner")));
        add(first, "user:bob");
        for (EmbeddedBackend other : List.of(management("b"), gateway("b"))) {
            assertThat(ask(other, "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
            for (Runnable attempt : List.<Runnable>of(
                    () -> other.store().toCompletableFuture().join(),
                    () -> other.tuples(PageQuery.first(10))
                            .toCompletableFuture()
                            .join(),
                    () -> other.currentModel().toCompletableFuture().join(),
                    () -> add(other, "user:mallory"),
                    () -> other.explain(question("user:ann"))
                            .toCompletableFuture()
                            .join())) {
                assertThatThrownBy(attempt::run)
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .hasMessage(Ownership.FOREIGN);
            }
            assertThat(other.health().toCompletableFuture().join().detail()).isEqualTo(Ownership.FOREIGN);
        }
        assertThat(Ownership.FOREIGN)
                .doesNotContain(directory.toString())
                .doesNotContain("process")
                .doesNotContain("lock");
        assertThat(ask(first, "user:mallory").isAllowed()).isFalse();
        assertThat(ask(gateway("a"), "user:bob").isAllowed()).isTrue();
    }

    @Test
    void theOwnerStandsInTheLogAndGoesWithACopyOfIt() throws IOException {
        EmbeddedBackend first = management("a");
        first.addModel(MODEL).toCompletableFuture().join();
        add(first, "user:ann");
        first.close();
        Files.deleteIfExists(directory.resolve("store.yaml.owner"));
        Files.copy(directory.resolve("store.yaml.log"), directory.resolve("copy.yaml.log"));
        assertThat(ask(open("copy.yaml", "b", true), "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
        assertThat(ask(open("copy.yaml", "a", true), "user:ann").isAllowed()).isTrue();
    }

    @Test
    void aGatewayAdoptsNothing() throws IOException {
        write("store.yaml", STORE);
        assertThat(ask(gateway("b"), "user:ann").isAllowed()).isTrue();
        management("a");
        eventually(() -> Files.exists(directory.resolve("store.yaml.owner")));
        assertThat(Files.readString(directory.resolve("store.yaml.owner"))).isEqualTo("a\n");
        EmbeddedBackend late = gateway("b");
        eventually(() -> !ask(late, "user:ann").isAllowed());
    }

    @Test
    void aStoreOfNobodyThatSeveralDomainsNameIsNobodys() throws IOException {
        write("store.yaml", STORE);
        EmbeddedBackend contested = open("store.yaml", new Known(Optional.of("a"), true, true));
        assertThat(ask(contested, "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
        assertThat(contested.health().toCompletableFuture().join().detail()).isEqualTo(Ownership.CONTESTED);
        assertThat(Files.exists(directory.resolve("store.yaml.owner"))).isFalse();
    }

    @Test
    void anOwnedStoreAnswersNobodyWhoseDomainIsNotKnown() throws IOException {
        write("store.yaml", STORE);
        write("store.yaml.owner", "a\n");
        EmbeddedBackend unknown = open("store.yaml", new Known(Optional.empty(), true, false));
        assertThat(ask(unknown, "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
        assertThat(unknown.isAwaitingItsDomain()).isTrue();
    }

    @Test
    void anOwnerThatCannotBeReadLetsNobodyIn() throws IOException {
        write("store.yaml", STORE);
        for (String owner : List.of("", "\n", "a b\n", "\u0001", "x".repeat(201))) {
            write("store.yaml.owner", owner);
            assertThat(ask(management("a"), "user:ann")).as(owner).isInstanceOf(CheckResult.Unavailable.class);
        }
    }

    @Test
    void twoOwnersLetNobodyIn() throws IOException {
        EmbeddedBackend first = management("a");
        first.addModel(MODEL).toCompletableFuture().join();
        first.close();
        write("store.yaml.owner", "b\n");
        for (String domain : List.of("a", "b")) {
            assertThat(ask(management(domain), "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
        }
    }

    @Test
    void attack_aFileThatIsNoStoreIsNotQuoted() throws IOException {
        for (String text : List.of(
                "apiKey: s3cret\n",
                "name: x\ns3cret: 1\n",
                "s3cret\n",
                "- s3cret\n",
                "model: s3cret\n",
                "model: |\n  s3cret one\n  s3cret two\n",
                "model: \"s3cret\nx: [\n",
                "tuples:\n  - {password: s3cret}\n",
                "tuples:\n  - s3cret\n",
                "a: s3cret\na: s3cret\n",
                "s3cret: &s3cret [*s3cret, *other]\n",
                "{\"type\": \"service_account\", \"private_key\": \"s3cret\"}")) {
            write("store.yaml", text);
            EmbeddedBackend backend = management("b");
            String detail = backend.health().toCompletableFuture().join().detail();
            assertThat(detail).as(text).isNotEmpty().doesNotContain("s3cret").doesNotContain(directory.toString());
        }
    }

    @Test
    void aSecondNameOfAStoreIsRefused() throws IOException {
        write("a.yaml", STORE);
        Files.createSymbolicLink(directory.resolve("store.yaml"), directory.resolve("a.yaml"));
        assertThat(ask(management("b"), "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
        Files.delete(directory.resolve("store.yaml"));
        Files.createLink(directory.resolve("store.yaml"), directory.resolve("a.yaml"));
        assertThat(ask(management("b"), "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
    }

    @Test
    void aLinkOutOfTheDirectoryIsRefused(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("x.yaml"), STORE);
        Files.createSymbolicLink(directory.resolve("store.yaml"), elsewhere.resolve("x.yaml"));
        EmbeddedBackend backend = management("b");
        assertThat(ask(backend, "user:ann")).isInstanceOf(CheckResult.Unavailable.class);
        assertThat(backend.health().toCompletableFuture().join().detail()).doesNotContain(elsewhere.toString());
    }

    @Test
    void aLinkWithinTheDirectoryIsFollowedAsMountedConfigurationsAre() throws IOException {
        Files.createDirectory(directory.resolve("..2026"));
        write("..2026/store.yaml", STORE);
        Files.createSymbolicLink(directory.resolve("store.yaml"), Path.of("..2026", "store.yaml"));
        assertThat(ask(management("b"), "user:ann").isAllowed()).isTrue();
    }

    @Test
    void theEnginesOwnFilesAreTheNodesAlone() throws IOException {
        EmbeddedBackend first = open("store.yaml", "a", true, directory.resolve("new"));
        first.addModel(MODEL).toCompletableFuture().join();
        for (String file : List.of("store.yaml.log", "store.yaml.lock", "store.yaml.owner")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            directory.resolve("new").resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("new"))))
                .isEqualTo("rwx------");
    }

    private static final String MODEL = """
        {"schema_version": "1.1", "type_definitions": [{"type": "user"}, {"type": "tool",
          "relations": {"can_call": {"this": {}}},
          "metadata": {"relations": {"can_call": {"directly_related_user_types": [{"type": "user"}]}}}}]}
        """;

    private record Known(Optional<String> domain, boolean isAdopting, boolean isContested) implements Tenant {}

    private EmbeddedBackend management(String domain) {
        return open("store.yaml", domain, true);
    }

    private EmbeddedBackend gateway(String domain) {
        return open("store.yaml", domain, false);
    }

    private EmbeddedBackend open(String name, String domain, boolean isAdopting) {
        return open(name, domain, isAdopting, directory);
    }

    private EmbeddedBackend open(String name, String domain, boolean isAdopting, Path place) {
        return open(name, new Known(Optional.of(domain), isAdopting, false), place);
    }

    private EmbeddedBackend open(String name, Tenant tenant) {
        return open(name, tenant, directory);
    }

    private EmbeddedBackend open(String name, Tenant tenant, Path place) {
        EmbeddedBackend backend = DurableStore.openWhenReadable(
                        new StoreFiles(place, name), Clock.systemUTC(), new Random(), tenant, Duration.ofSeconds(10))
                .backend(Optional.empty());
        opened.add(backend);
        return backend;
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private static void add(EmbeddedBackend backend, String user) {
        backend.addTuple(StoredTuple.of(new TupleKey(user, "can_call", "tool:pay")))
                .toCompletableFuture()
                .join();
    }

    private static PermissionQuestion question(String user) {
        return PermissionQuestion.of(new TupleKey(user, "can_call", "tool:pay"), Map.of());
    }

    private static CheckResult ask(EmbeddedBackend backend, String user) {
        return backend.check(question(user), CallContext.none())
                .toCompletableFuture()
                .join();
    }

    private static void eventually(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }
}
