package io.mcpaccess.guard.sse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads streams as the cases in {@code sse-events.json} say, which stand beside any other reader of streams as well. */
class EventReaderTest {
    @ParameterizedTest
    @MethodSource("cases")
    void readsAsTheSpecificationSays(JsonNode example) throws IOException {
        List<String> expected = new ArrayList<>();
        example.path("messages").forEach(message -> expected.add(message.asText()));
        for (int cut = 1; cut <= example.path("stream").asText().length(); cut++) {
            assertThat(messages(example.path("stream").asText(), cut))
                    .as(example.path("name").asText())
                    .isEqualTo(expected);
        }
    }

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream file = EventReaderTest.class.getResourceAsStream("/sse-events.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(file).forEach(cases::add);
            return cases.stream();
        }
    }

    @Property(tries = 500)
    void whatIsWrittenAnewIsReadAlike(
            @ForAll @CharRange(from = ' ', to = '~') String data, @ForAll @CharRange(from = 'a', to = 'z') String id)
            throws IOException {
        ServerEvent event = new ServerEvent(
                Optional.of(id), Optional.of("message"), Optional.empty(), Optional.of(data + "\n" + data));
        List<ServerEvent> read = events(event.written(), 7);
        assertThat(read).containsExactly(event);
    }

    @Test
    void keepsNothingOfAnEventThatIsTooLong() throws IOException {
        List<String> seen = new ArrayList<>();
        EventReader reader = new EventReader(collecting(new ArrayList<>(), seen), 10);
        String stream = "data: 123456789012\n\ndata: 12345\ndata: 67890\n\ndata: ok\n\n";
        reader.read(stream.toCharArray(), 0, stream.length());
        assertThat(seen).containsExactly("ok");
    }

    @Test
    void printsNoData() {
        assertThat(new ServerEvent(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("secret"))
                        .toString())
                .doesNotContain("secret");
    }

    private static List<String> messages(String stream, int cut) throws IOException {
        return events(stream, cut).stream()
                .flatMap(event -> event.data().stream())
                .filter(data -> !data.isEmpty())
                .toList();
    }

    private static List<ServerEvent> events(String stream, int cut) throws IOException {
        List<ServerEvent> events = new ArrayList<>();
        EventReader reader = new EventReader(collecting(events, new ArrayList<>()), 10_000);
        for (int from = 0; from < stream.length(); from += cut) {
            reader.read(stream.toCharArray(), from, Math.min(cut, stream.length() - from));
        }
        return events;
    }

    private static EventReader.Sink collecting(List<ServerEvent> events, List<String> data) {
        return new EventReader.Sink() {
            @Override
            public void event(ServerEvent event) {
                events.add(event);
                event.data().ifPresent(data::add);
            }

            @Override
            public void comment(String text) {
                // Of no interest here.
            }
        };
    }
}
