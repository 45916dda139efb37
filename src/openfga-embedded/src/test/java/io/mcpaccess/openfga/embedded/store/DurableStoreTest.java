package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableStoreTest {

    private static final String MODEL = """
        model
          schema 1.1
        type user
        type tool
          relations
            define reader: [user]
            define can_call: reader
        """;

    /** What the gateways are promised. */
    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private final List<DurableStore> opened = new ArrayList<>();
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private final Random random = new Random(7);

    @AfterEach
    void closeAll() {
        opened.forEach(DurableStore::close);
        // A store gives its files back soon after it is closed: until then one may be written while the directory is
        // removed.
        eventually(this::isRemoved);
    }

    private boolean isRemoved() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
            return true;
        } catch (IOException | UncheckedIOException stillWritten) {
            return false;
        }
    }

    @Test
    void readingWritesNothing() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        assertThat(mayCall(store, "user:alice")).isTrue();
        assertThat(directory.toFile().list()).containsExactly("store.fga.yaml");
    }

    @Test
    void keepsWhatWasWritten() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        add(store, "user:bob");
        remove(store, "user:alice");
        assertThat(Files.readString(source())).contains("user:alice").doesNotContain("user:bob");
        DurableStore other = open();
        assertThat(mayCall(other, "user:bob")).isTrue();
        assertThat(mayCall(other, "user:alice")).isFalse();
    }

    @Test
    void keepsModelsAndTheirIdsAndTheirOrder() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        String fromFile = store.engine().latestModel().orElseThrow();
        String second = store.engine().addModel(json(MODEL.replace("can_call: reader", "can_call: [user]")));
        DurableStore other = open();
        assertThat(other.engine().latestModel()).contains(second);
        assertThat(other.engine().models().keySet()).containsExactly(fromFile, second);
        assertThat(mayCall(other.engine().view(fromFile), "user:alice")).isTrue();
        assertThat(mayCall(other.engine().view(second), "user:alice")).isFalse();
    }

    @Test
    void isMadeByTheFirstModelWhereThereIsNoFile() throws IOException {
        DurableStore store = open(directory.resolve("new"));
        assertThat(store.problem())
                .hasValueSatisfying(text -> assertThat(text).contains("store.fga.yaml is not there"));
        store.engine().addModel(json(MODEL));
        add(store, "user:alice");
        assertThat(mayCall(open(directory.resolve("new")), "user:alice")).isTrue();
        eventually(() -> store.problem().isEmpty());
    }

    @Test
    void keepsTheLinesOfTheAdministratorsModel() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        add(store, "user:bob");
        String id = store.engine().latestModel().orElseThrow();
        assertThat(open().engine().models().get(id).source().relation("tool", "can_call"))
                .hasValueSatisfying(line -> assertThat(line.number()).isEqualTo(7));
    }

    @Test
    void gatewaysFollowWithinASecond() throws IOException {
        edit("user:alice");
        DurableStore gateway = open();
        DurableStore management = open();
        add(management, "user:bob");
        within(SOON, () -> mayCall(gateway, "user:bob"));
        remove(management, "user:bob");
        within(SOON, () -> !mayCall(gateway, "user:bob"));
        String model = management.engine().addModel(json(MODEL.replace("can_call: reader", "can_call: [user]")));
        within(SOON, () -> gateway.engine().latestModel().orElseThrow().equals(model));
    }

    @Test
    void aGatewayMayBeThereFirst() throws IOException {
        DurableStore gateway = open(directory.resolve("later"));
        DurableStore management = open(directory.resolve("later"));
        management.engine().addModel(json(MODEL));
        add(management, "user:bob");
        eventually(() -> gateway.engine().latestModel().isPresent() && mayCall(gateway, "user:bob"));
    }

    @Test
    void theNewEngineWritesOnWhenTheOldOneIsStopped() throws IOException {
        edit("user:alice");
        DurableStore old = open();
        add(old, "user:bob");
        DurableStore renewed = open();
        DurableStore gateway = open();
        old.close();
        add(renewed, "user:carol");
        remove(renewed, "user:bob");
        eventually(() -> mayCall(gateway, "user:carol") && !mayCall(gateway, "user:bob"));
        assertThatThrownBy(() -> add(old, "user:dan")).hasMessage("The store is closed");
    }

    @Test
    void theNewEngineChecksAWriteAgainstWhatTheOldOneWroteLast() throws IOException {
        edit("user:alice");
        DurableStore renewed = open();
        DurableStore old = open();
        add(old, "user:bob");
        old.close();
        assertThatThrownBy(() -> add(renewed, "user:bob"))
                .isInstanceOf(OpenFgaException.class)
                .hasMessageContaining("already exists");
    }

    @Test
    void aSecondWriterGetsAClearErrorAndReadsOn() throws IOException {
        edit("user:alice");
        DurableStore first = open();
        DurableStore second = open();
        add(first, "user:bob");
        assertThatThrownBy(() -> add(second, "user:carol"))
                .isInstanceOfSatisfying(
                        BackendException.class,
                        e -> assertThat(e.problem()).isEqualTo(BackendException.Problem.UNAVAILABLE))
                .hasMessageContaining("written by another engine (process "
                        + ProcessHandle.current().pid())
                .hasMessageContaining("2026-11-24T12:00:00Z")
                .hasMessageContaining("mcp.embedded.dir");
        assertThat(mayCall(second, "user:carol")).isFalse();
        add(first, "user:dan");
        eventually(() -> mayCall(second, "user:dan"));
    }

    @Test
    void handEditsAreTakenInWithoutARestart() throws IOException {
        edit("user:alice", "user:bob");
        DurableStore gateway = open();
        edit("user:bob", "user:carol");
        eventually(() -> mayCall(gateway, "user:carol") && !mayCall(gateway, "user:alice"));
        assertThat(mayCall(gateway, "user:bob")).isTrue();
    }

    @Test
    void aHandEditChangesWhatItChangesAndNothingElse() throws IOException {
        edit("user:alice", "user:bob", "user:carol");
        DurableStore management = open();
        DurableStore gateway = open();
        add(management, "user:added");
        remove(management, "user:bob");
        edit("user:bob", "user:carol", "user:dan");
        for (DurableStore store : List.of(management, gateway)) {
            eventually(() -> mayCall(store, "user:dan"));
            assertThat(mayCall(store, "user:alice")).as("taken out by hand").isFalse();
            assertThat(mayCall(store, "user:bob"))
                    .as("deleted before, not touched by hand")
                    .isFalse();
            assertThat(mayCall(store, "user:carol")).isTrue();
            assertThat(mayCall(store, "user:added"))
                    .as("added before, not in the file")
                    .isTrue();
        }
    }

    @Test
    void theLastActCounts() throws IOException {
        edit("user:alice", "user:bob");
        DurableStore management = open();
        remove(management, "user:bob");
        edit("user:alice");
        eventually(() -> recordedBy(management, "user:alice"));
        edit("user:alice", "user:bob");
        eventually(() -> mayCall(management, "user:bob"));
        remove(management, "user:alice");
        assertThat(mayCall(open(), "user:alice")).isFalse();
    }

    @Test
    void allNodesComeToTheSameStateFromTheFilesAlone() throws IOException {
        edit("user:alice", "user:bob");
        DurableStore management = open();
        remove(management, "user:bob");
        add(management, "user:added");
        management.close();
        edit("user:bob", "user:new");
        assertThat(users(open())).containsExactly("user:added", "user:new");
        DurableStore next = open();
        add(next, "user:zoe");
        assertThat(users(next)).containsExactly("user:added", "user:new", "user:zoe");
        assertThat(users(open())).containsExactly("user:added", "user:new", "user:zoe");
    }

    @Test
    void aModelChangedByHandIsTheLatest() throws IOException {
        edit("user:alice");
        DurableStore management = open();
        management.engine().addModel(json(MODEL.replace("can_call: reader", "can_call: [user]")));
        assertThat(mayCall(management, "user:alice")).isFalse();
        edit("user:alice", "user:bob");
        eventually(() -> users(management).contains("user:bob"));
        assertThat(mayCall(management, "user:alice"))
                .as("only tuples were edited")
                .isFalse();
        Files.writeString(
                source(), Files.readString(source()).replace("can_call: reader", "can_call: reader or reader"));
        eventually(() -> mayCall(management, "user:alice"));
        assertThat(management.engine().models()).hasSize(3);
        assertThat(open().engine().models().keySet())
                .containsExactlyElementsOf(management.engine().models().keySet());
    }

    @Test
    void aBadEditKeepsTheOldStateAndSaysWhy() throws IOException {
        edit("user:alice");
        DurableStore gateway = open();
        DurableStore management = open();
        add(management, "user:bob");
        String good = Files.readString(source());
        Files.writeString(source(), good.replace("relation: reader", "relation: riter"));
        for (DurableStore store : List.of(gateway, management)) {
            eventually(() -> store.problem().isPresent());
            assertThat(store.problem().orElseThrow())
                    .startsWith("store.fga.yaml, line 11, column 5: ")
                    .contains("riter");
            assertThat(users(store)).containsExactly("user:alice", "user:bob");
        }
        add(management, "user:carol");
        DurableStore started = open();
        assertThat(users(started)).containsExactly("user:alice", "user:bob", "user:carol");
        assertThat(started.problem()).isPresent();
        Files.writeString(source(), good);
        for (DurableStore store : List.of(gateway, management, started)) {
            eventually(() -> store.problem().isEmpty());
        }
    }

    @Test
    void aBadEditIsPutRightWhereThereIsNoLog() throws IOException {
        edit("user:alice");
        DurableStore gateway = open();
        Files.writeString(source(), "model_file: gone.fga\n");
        eventually(() -> gateway.problem().orElse("").contains("gone.fga"));
        assertThat(mayCall(gateway, "user:alice")).isTrue();
        Files.writeString(directory.resolve("gone.fga"), MODEL);
        eventually(() -> gateway.problem().isEmpty());
        assertThat(users(gateway)).isEmpty();
    }

    @Test
    void aRemovedFileKeepsTheState() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        add(store, "user:bob");
        Files.delete(source());
        eventually(() -> store.problem().orElse("").contains("is not there"));
        assertThat(users(store)).containsExactly("user:alice", "user:bob");
        assertThat(users(open())).containsExactly("user:alice", "user:bob");
    }

    @Test
    void refusesToStartWithAFaultyFileOrADamagedLog() throws IOException {
        Files.writeString(source(), "name: x\ntupels: []\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFileException.class)
                .hasMessageContaining("store.fga.yaml, line 2, column 1");
        edit("user:alice");
        DurableStore store = open();
        add(store, "user:bob");
        add(store, "user:carol");
        store.close();
        byte[] bytes = Files.readAllBytes(log());
        bytes[bytes.length - 300] ^= 1;
        Files.write(log(), bytes);
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining(log() + ": damaged at byte ");
    }

    @Test
    void aGatewayKeepsItsStateWhenTheLogIsDamagedUnderIt() throws IOException {
        edit("user:alice");
        DurableStore management = open();
        add(management, "user:bob");
        DurableStore gateway = open();
        Files.write(log(), "x".repeat(100).getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        eventually(() -> gateway.problem().orElse("").contains("damaged"));
        assertThat(users(gateway)).containsExactly("user:alice", "user:bob");
    }

    @Test
    void writesTheLogAnewWhenItsChangesOutgrowItsStateAndGatewaysReadOn() throws IOException {
        edit("user:alice");
        DurableStore management = open();
        DurableStore gateway = open();
        add(management, "user:bob");
        eventually(() -> mayCall(gateway, "user:bob"));
        StoreView before = gateway.engine().view();
        List<StoredTuple> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(tuple("user:" + "u".repeat(300) + i));
        }
        int rounds = 0;
        long first = LogReader.headerOf(log()).generation();
        while (LogReader.headerOf(log()).generation() == first) {
            management.engine().write(many, List.of());
            management
                    .engine()
                    .write(List.of(), many.stream().map(StoredTuple::key).toList());
            assertThat(++rounds).isLessThan(500);
        }
        add(management, "user:last");
        eventually(() -> mayCall(gateway, "user:last"));
        assertThat(Files.size(log())).isLessThan(1_000_000);
        assertThat(gateway.engine().view().snapshot().symbols())
                .as("the gateway has gone on from its state and not loaded everything")
                .isSameAs(before.snapshot().symbols());
        assertThat(users(open())).containsExactly("user:alice", "user:bob", "user:last");
    }

    @Test
    void doesNotWriteOnALogThatWasRemovedUnderIt() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        add(store, "user:bob");
        Files.delete(log());
        add(store, "user:carol");
        assertThat(users(open()))
                .as("the file, and what was written after")
                .containsExactly("user:alice", "user:carol");
    }

    @Test
    void aDecisionSeesOneStateForGood() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        StoreView view = store.engine().view();
        remove(store, "user:alice");
        edit("user:bob");
        eventually(() -> mayCall(store, "user:bob"));
        assertThat(mayCall(view, "user:alice")).isTrue();
        assertThat(mayCall(view, "user:bob")).isFalse();
    }

    @Test
    void givesEverythingBackWhenClosed() throws IOException {
        edit("user:alice");
        DurableStore store = open();
        add(store, "user:bob");
        store.close();
        store.close();
        eventually(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("mcp-store")));
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.endsWith("store.fga.yaml.lock") && name.contains(directory.toString()));
        assertThat(openFiles()).noneMatch(file -> file.startsWith(directory.toString()));
        assertThat(mayCall(store, "user:bob")).isTrue();
    }

    private static List<String> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        List<String> files = new ArrayList<>();
        if (Files.isDirectory(descriptors)) {
            try (var links = Files.list(descriptors)) {
                links.forEach(link -> files.add(link.toFile().getAbsolutePath()));
                files.replaceAll(link -> {
                    try {
                        return Path.of(link).toRealPath().toString();
                    } catch (IOException e) {
                        return "";
                    }
                });
            }
        }
        return files;
    }

    private DurableStore open() throws IOException {
        return open(directory);
    }

    private DurableStore open(Path place) throws IOException {
        DurableStore store = DurableStore.open(new StoreFiles(place, "store.fga.yaml"), clock, random);
        opened.add(store);
        return store;
    }

    private Path source() {
        return directory.resolve("store.fga.yaml");
    }

    private Path log() {
        return directory.resolve("store.fga.yaml.log");
    }

    /** Each user may read the tool. */
    private void edit(String... users) throws IOException {
        StringBuilder text = new StringBuilder("name: tools\nmodel: |\n" + MODEL.indent(2) + "tuples:\n");
        for (String user : users) {
            text.append("  - {user: \"" + user + "\", relation: reader, object: \"tool:t\"}\n");
        }
        Files.writeString(source(), text + (users.length == 0 ? "  []\n" : ""));
    }

    private static String json(String dsl) {
        return ModelReader.toJson(ModelReader.fromDsl(dsl));
    }

    private static StoredTuple tuple(String user) {
        return StoredTuple.of(new TupleKey(user, "reader", "tool:t"));
    }

    private static void add(DurableStore store, String user) {
        store.engine().write(List.of(tuple(user)), List.of());
    }

    private static void remove(DurableStore store, String user) {
        store.engine().write(List.of(), List.of(tuple(user).key()));
    }

    private static boolean mayCall(DurableStore store, String user) {
        return mayCall(store.engine().view(), user);
    }

    private static boolean mayCall(StoreView view, String user) {
        CheckRequest request = new CheckRequest(new TupleKey(user, "can_call", "tool:t"), Map.of(), List.of());
        return view.check(request, SOON) instanceof CheckOutcome.Allowed;
    }

    private static List<String> users(DurableStore store) {
        var tuples = store.engine().tuples();
        List<String> users = new ArrayList<>();
        for (int row = tuples.nextRow(0); row != 0; row = tuples.nextRow(row)) {
            users.add(tuples.tuple(row).key().user());
        }
        users.sort(null);
        return users;
    }

    /** Whether the writer has taken the file in as it is now. */
    private boolean recordedBy(DurableStore store, String... users) {
        try {
            String log = Files.readString(log(), StandardCharsets.ISO_8859_1);
            return users(store).equals(List.of(users))
                    && log.contains(StoreFileReader.digest(Files.readAllBytes(source())));
        } catch (IOException e) {
            return false;
        }
    }

    /** Patient, for machines that are busy with other tests. */
    private static void eventually(BooleanSupplier condition) {
        within(Duration.ofSeconds(10), condition);
    }

    private static void within(Duration time, BooleanSupplier condition) {
        await().pollInterval(Duration.ofMillis(10)).atMost(time).until(condition::getAsBoolean);
    }
}
