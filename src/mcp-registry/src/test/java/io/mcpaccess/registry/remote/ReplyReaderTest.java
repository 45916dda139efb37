package io.mcpaccess.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[]}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "APPLICATION/JSON ; charset=UTF-8",
                " application/json"
            })
    void aMediaTypeIsTheSameInAnyCase(String type) throws IOException {
        assertThat(read(type, ANSWER).path("result").isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/html", "application/jsonp", "text/event-streams", "application/json-seq"})
    void whatIsNeitherJsonNorEventsIsNoAnswer(String type) throws IOException {
        assertThat(read(type, ANSWER).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"jsonrpc\":\"2.0\",\"id\":7,\ndata: \"result\":{\"tools\":[]}}\n\n",
                "event: message\nid: 1\ndata:{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\ndata\ndata:{}}\n\n",
                "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\r\n\r\n",
                "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\r\r",
                "\uFEFFdata: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n\n",
                ": comment\n\ndata: {\"method\":\"notifications/message\"}\n\ndata: {\"id\":7,\"result\":{}}\n\n",
                "data: {\"id\":7,\"method\":\"sampling/createMessage\"}\n\ndata: {\"id\":7,\"result\":{}}\n\n",
                "data: not json\n\ndata: {\"id\":8,\"result\":{\"tools\":[1]}}\n\ndata: {\"id\":7,\"result\":{}}\n\n"
            })
    void findsItsAnswerAmongTheEvents(String events) throws IOException {
        for (String type : new String[] {"text/event-stream", "Text/Event-Stream; charset=utf-8"}) {
            JsonNode answer = read(type, events);

            assertThat(answer.path("id").asInt()).isEqualTo(7);
            assertThat(answer.path("result").isObject()).isTrue();
            assertThat(answer.path("result").path("tools").path(0).isMissingNode())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"id\":7,\"result\":{}}",
                "data: {\"id\":7,\"result\":{}}\n",
                "Data: {\"id\":7,\"result\":{}}\n\n",
                "data: {\"id\":7,\"id\":7,\"result\":{}}\n\n",
                "data: [{\"id\":7,\"result\":{}}]\n\n",
                "data: {\"id\":\"7\",\"result\":{}}\n\n"
            })
    void whatIsCutOffOrNotClearIsNoAnswer(String events) throws IOException {
        assertThat(read("text/event-stream", events).isMissingNode()).isTrue();
    }

    @Test
    void nobodyAnswersANotification() throws IOException {
        JsonNode message = ReplyReader.read(
                "application/json", new ByteArrayInputStream(new byte[] {'{'}), MissingNode.getInstance());

        assertThat(message.isMissingNode()).isTrue();
    }

    private static JsonNode read(String type, String body) throws IOException {
        return ReplyReader.read(
                type, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), IntNode.valueOf(7));
    }
}
