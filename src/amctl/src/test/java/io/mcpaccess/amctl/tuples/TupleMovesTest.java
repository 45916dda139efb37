package io.mcpaccess.amctl.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.amctl.tuples.TupleMoves.Change;
import io.mcpaccess.amctl.tuples.TupleMoves.Move;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TupleMovesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SERVERS = json("""
            [{"name":"billing","clientId":"billing-mcp","tools":[{"key":"pay"},{"key":"list"}]},
             {"name":"archive","clientId":"urn:archive%1","tools":[{"key":"list"},{"key":"drop"}]}]""");

    @Test
    void copiesWhileTheEngineReadsTheOldForm() {
        List<Move> moves = qualify(ToolForm.PLAIN, tuple("user:alice", "tool:pay"));

        assertThat(moves).singleElement().satisfies(move -> {
            assertThat(move.change()).isEqualTo(Change.COPIED);
            assertThat(move.to().path("object").asText()).isEqualTo("tool:billing-mcp/pay");
            assertThat(move.adds()).isTrue();
            assertThat(move.removes()).isFalse();
        });
    }

    @Test
    void movesOnceTheEngineReadsTheNewForm() {
        assertThat(qualify(ToolForm.QUALIFIED, tuple("user:alice", "tool:pay")))
                .extracting(Move::change)
                .containsExactly(Change.MOVED);
    }

    @Test
    void theSecondCallRemovesWhatTheFirstCopied() {
        JsonNode old = tuple("user:alice", "tool:pay");
        JsonNode copy = tuple("user:alice", "tool:billing-mcp/pay");

        assertThat(qualify(ToolForm.PLAIN, old, copy)).extracting(Move::change).containsExactly(Change.UNCHANGED);
        assertThat(qualify(ToolForm.QUALIFIED, old, copy))
                .extracting(Move::change)
                .containsExactly(Change.REMOVED);
        assertThat(qualify(ToolForm.QUALIFIED, copy)).isEmpty();
    }

    @Test
    void keepsTheConditionAndEncodesTheServer() {
        JsonNode tuple = json("""
                {"user":"user:bob","relation":"can_call","object":"tool:drop",
                 "condition":{"name":"office_hours","context":{"zone":"UTC"}}}""");

        JsonNode moved = qualify(ToolForm.PLAIN, tuple).get(0).to();

        assertThat(moved.path("object").asText()).isEqualTo("tool:urn%3Aarchive%251/drop");
        assertThat(moved.path("condition")).isEqualTo(tuple.path("condition"));
    }

    @Test
    void movesAToolThatStandsAsTheUser() {
        JsonNode tuple = json("{\"user\":\"tool:pay#can_call\",\"relation\":\"can_see\",\"object\":\"report:1\"}");

        assertThat(qualify(ToolForm.PLAIN, tuple).get(0).to().path("user").asText())
                .isEqualTo("tool:billing-mcp/pay#can_call");
    }

    @Test
    void aToolOfTwoServersIsLeftToAPerson() {
        assertThat(qualify(ToolForm.PLAIN, tuple("user:alice", "tool:list")))
                .singleElement()
                .satisfies(move -> {
                    assertThat(move.change()).isEqualTo(Change.REFUSED);
                    assertThat(move.reason()).contains("billing and archive");
                    assertThat(move.adds() || move.removes()).isFalse();
                });
        assertThat(moves(ToolForm.PLAIN, ToolForm.QUALIFIED, tuple("user:alice", "tool:billing-mcp/list")))
                .extracting(Move::change)
                .containsExactly(Change.REFUSED);
    }

    @Test
    void leavesEverythingElseAlone() {
        assertThat(qualify(
                        ToolForm.PLAIN,
                        tuple("user:alice", "tool:unregistered"),
                        tuple("user:alice", "group:pay"),
                        tuple("group:staff#member", "tool:archive/pay")))
                .isEmpty();
    }

    @Test
    void thereAndBackIsWhereItBegan() {
        for (String tool : List.of("pay", "drop")) {
            JsonNode before = tuple("user:alice", "tool:" + tool);
            JsonNode there = qualify(ToolForm.QUALIFIED, before).get(0).to();
            JsonNode back = moves(ToolForm.PLAIN, ToolForm.PLAIN, there).get(0).to();

            assertThat(back).isEqualTo(before);
        }
    }

    private static List<Move> qualify(ToolForm engine, JsonNode... tuples) {
        return moves(ToolForm.QUALIFIED, engine, tuples);
    }

    private static List<Move> moves(ToolForm to, ToolForm engine, JsonNode... tuples) {
        return new TupleMoves(Stream.of(tuples).toList(), SERVERS, to, engine).moves();
    }

    private static JsonNode tuple(String user, String object) {
        return JSON.createObjectNode()
                .put("user", user)
                .put("relation", "can_call")
                .put("object", object);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
