package io.mcpaccess.guard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.jsonrpc.JsonRpcReader;
import io.mcpaccess.guard.jsonrpc.MalformedMessageException;
import io.mcpaccess.guard.sse.EventReader;
import io.mcpaccess.guard.sse.ServerEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Messages and streams that nobody would send, made of those in {@code corpus}. Whatever is let through means the same to a
 * reader like Go's, which looks at no case and takes the last member. Runs for seconds in every build and for ten minutes
 * with {@code -Pfuzz}.
 */
@AddLifecycleHook(TimeBox.class)
class MessageFuzzTest {
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "-0",
            "1e400",
            "\\u0000",
            "\\ud800",
            "\u017f",
            "\u212a",
            "\u0130",
            "\uff4d",
            "\u200b",
            "\ufeff",
            " ",
            "_",
            "-",
            "Method",
            "PARAMS",
            "Name",
            "ID",
            "Result",
            "\"Method\":\"tools/call\",",
            "\"name\":\"refund\",",
            "\"param\u017f\":{},",
            "data:",
            "data: ",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "id: 1",
            ": c",
            "event: x");

    private final JsonRpcReader reader = new JsonRpcReader();

    @Property(tries = ENDLESS, shrinking = ShrinkingMode.BOUNDED)
    void whatIsLetThroughMeansTheSameToALooseReader(@ForAll("messages") String text) throws IOException {
        JsonRpcMessage message;
        try {
            message = reader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException refused) {
            return;
        }
        Map<String, JsonNode> loose = loose(JSON.readTree(message.written()));
        if (message instanceof JsonRpcMessage.Request request) {
            assertThat(loose.get("method").asText()).isEqualTo(request.method());
            assertThat(loose).containsKey("id").doesNotContainKeys("result", "error");
            assertThat(looseName(loose.get("params")))
                    .isEqualTo(request.params().path("name").asText());
        } else if (message instanceof JsonRpcMessage.Notification note) {
            assertThat(loose.get("method").asText()).isEqualTo(note.method());
            assertThat(loose).doesNotContainKey("id");
        } else {
            assertThat(loose).containsKey("id").doesNotContainKeys("method", "params");
        }
    }

    @Property(tries = ENDLESS, shrinking = ShrinkingMode.BOUNDED)
    void aStreamIsReadAlikeHoweverItIsCutAndWrittenAnew(@ForAll("streams") String text, @ForAll("cut") int cut)
            throws IOException {
        List<String> whole = data(text, Math.max(1, text.length()));
        assertThat(data(text, cut)).isEqualTo(whole);
        StringBuilder anew = new StringBuilder();
        for (ServerEvent event : events(text, cut)) {
            anew.append(event.written());
        }
        assertThat(data(anew.toString(), cut)).isEqualTo(whole);
    }

    /** As a reader without regard to case has an object: the last of all that look alike. */
    private static Map<String, JsonNode> loose(JsonNode object) {
        Map<String, JsonNode> members = new TreeMap<>();
        object.properties()
                .forEach(member -> members.put(
                        member.getKey().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), member.getValue()));
        return members;
    }

    private static String looseName(JsonNode params) {
        return params == null || !loose(params).containsKey("name")
                ? ""
                : loose(params).get("name").asText();
    }

    @Provide
    Arbitrary<Integer> cut() {
        return Arbitraries.integers().between(1, 9);
    }

    @Provide
    Arbitrary<String> messages() {
        return patched(corpus("messages"));
    }

    @Provide
    Arbitrary<String> streams() {
        return patched(corpus("streams"));
    }

    private static Arbitrary<String> patched(List<String> seeds) {
        Arbitrary<String> piece =
                Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(3));
        Arbitrary<Patch> patch = Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 9),
                        piece)
                .as(Patch::new);
        return Combinators.combine(Arbitraries.of(seeds), patch.list().ofMaxSize(5))
                .as((seed, patches) -> {
                    String text = seed;
                    for (Patch each : patches) {
                        text = each.apply(text);
                    }
                    return text;
                });
    }

    private record Patch(double where, int cut, String piece) {
        String apply(String text) {
            int at = (int) (where * text.length());
            return text.substring(0, at) + piece + text.substring(Math.min(text.length(), at + cut));
        }
    }

    private static List<String> corpus(String kind) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/corpus", kind))) {
            List<String> seeds = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readString(file));
            }
            return seeds;
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    private static List<String> data(String text, int cut) throws IOException {
        return events(text, cut).stream()
                .flatMap(event -> event.data().stream())
                .filter(data -> !data.isEmpty())
                .toList();
    }

    private static List<ServerEvent> events(String text, int cut) throws IOException {
        List<ServerEvent> events = new ArrayList<>();
        EventReader reader = new EventReader(
                new EventReader.Sink() {
                    @Override
                    public void event(ServerEvent event) {
                        events.add(event);
                    }

                    @Override
                    public void comment(String comment) {
                        // Of no interest here.
                    }
                },
                100_000);
        for (int from = 0; from < text.length(); from += cut) {
            reader.read(text.toCharArray(), from, Math.min(cut, text.length() - from));
        }
        return events;
    }
}
