package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.store.LogEntry.Base;
import io.mcpaccess.openfga.embedded.store.LogEntry.Changed;
import io.mcpaccess.openfga.embedded.store.LogEntry.KnownModel;
import io.mcpaccess.openfga.embedded.store.LogEntry.Listed;
import io.mcpaccess.openfga.embedded.store.LogEntry.Origin;
import io.mcpaccess.openfga.embedded.store.LogEntry.SourceFile;
import io.mcpaccess.openfga.embedded.tuples.TableSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogCodecTest {

    private static final TupleKey KEY = new TupleKey("user:zoë", "reader", "tool:a\"b\\c");

    private final LogCodec codec = new LogCodec();

    static Stream<LogEntry> entries() {
        return Stream.of(
                new Base(
                        "n",
                        "01",
                        "model\n  schema 1.1\n",
                        List.of(new SourceFile("a.yaml", "ab"), new SourceFile("b", "cd"))),
                Base.none(),
                new LogEntry.Size(new TableSize(3, 2, 1)),
                new KnownModel(new ModelDocument("01", "{\"schema_version\":\"1.1\"}")),
                new Listed(Origin.FILE, List.of()),
                new Listed(Origin.DELETED, List.of(StoredTuple.of(KEY), conditional())),
                new Listed(Origin.ADDED, List.of(conditional(), StoredTuple.of(KEY))),
                new Changed(List.of(
                        new Change.Model("02", "{}"),
                        new Change.Tuples(List.of(conditional()), List.of(KEY, KEY)),
                        new Change.Tuples(List.of(), List.of()))));
    }

    private static StoredTuple conditional() {
        Map<String, Object> context = new HashMap<>();
        context.put("n", 1);
        context.put("big", 123456789012345L);
        context.put("d", 0.1);
        context.put("list", Arrays.asList("x", null, Map.of("y", true)));
        context.put("nothing", null);
        return new StoredTuple(KEY, Optional.of(new StoredTuple.Condition("c", context)));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void readsWhatItHasWritten(LogEntry entry) throws IOException {
        assertThat(codec.decode(codec.encode(entry))).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"later\":[]}", "{\"changes\":[{\"drop\":[]}]}", "{\"file\":[[1]]}"})
    void refusesWhatItDoesNotKnow(String payload) {
        assertThatThrownBy(() -> codec.decode(payload.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }
}
