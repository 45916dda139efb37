package io.mcpaccess.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.mcpaccess.registry.plan.AmLimits;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.DeclaredTool;
import io.mcpaccess.registry.plan.DomainState;
import io.mcpaccess.registry.plan.Plan;
import io.mcpaccess.registry.plan.PlanOptions;
import io.mcpaccess.registry.plan.PlannedChange;
import io.mcpaccess.registry.plan.Planner;
import io.mcpaccess.registry.plan.ScopeTemplate;
import io.mcpaccess.registry.plan.ToolHints;
import io.mcpaccess.registry.plan.ToolNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Answers of an MCP server that nobody would send: nothing but an I/O failure is ever thrown, what is read is the answer to this
 * request, and what is planned of it AM can hold. Runs a second in every build and for ten minutes with {@code -Pfuzz}.
 */
class ImportAnswerFuzzTest {

    private static final long SECONDS = Long.getLong("fuzz.seconds", 1);
    private static final String MESSAGE =
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[{\"name\":\"pay\",\"description\":\"Pay\",\"annotations\":{\"readOnlyHint\":true}},"
                    + "{\"name\":\"list\"}],\"nextCursor\":\"c\"}}";
    private static final List<String> SEEDS = List.of(
            MESSAGE,
            "event: message\ndata: " + MESSAGE + "\n\n",
            "data: " + MESSAGE.replace(",\"result\"", ",\r\ndata: \"result\"") + "\r\n\r\n",
            ": ping\n\ndata: {\"method\":\"notifications/message\"}\n\ndata: " + MESSAGE + "\n\n");
    private static final List<String> PIECES = List.of(
            "\n",
            "\r",
            "\n\n",
            "data:",
            "data",
            "id: 7\n",
            "\uFEFF",
            "\u0000",
            "\u001b[2J",
            "\u202e",
            "\"id\":7,",
            "\"id\":8,",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "\\ud800",
            "null",
            "1e999",
            "\"name\":\"a.b\",",
            "\"method\":\"x\",",
            "\"tools\":[],");

    @Test
    void nothingThatAServerSendsBreaksTheReader() throws IOException {
        Random random = new Random(20261127);
        LongSupplier clock = System::nanoTime;
        long end = clock.getAsLong() + SECONDS * 1_000_000_000L;
        do {
            String body = mutated(random);
            JsonNode answer = read(random.nextBoolean() ? "text/event-stream" : "application/json", body);

            assertThat(answer.isMissingNode() || answer.isObject()).as(body).isTrue();
            plan(answer, body);
        } while (clock.getAsLong() < end);
    }

    @RepeatedTest(4)
    void theSeedsThemselvesAreRead(org.junit.jupiter.api.RepetitionInfo info) throws IOException {
        String seed = SEEDS.get(info.getCurrentRepetition() - 1);

        assertThat(read(seed.startsWith("{") ? "application/json" : "text/event-stream", seed)
                        .path("result")
                        .path("tools"))
                .hasSize(2);
    }

    /** Names and descriptions as an import would plan them: what is not refused fits into AM. */
    private static void plan(JsonNode answer, String body) {
        List<DeclaredTool> tools = new ArrayList<>();
        for (JsonNode tool : answer.path("result").path("tools")) {
            if (tool.path("name").isTextual()) {
                tools.add(new DeclaredTool(
                        tool.path("name").textValue(),
                        Optional.of(tool.path("description").asText("")),
                        Optional.empty(),
                        ToolHints.NONE));
            }
        }
        Plan plan = new Planner(
                        new DomainState(List.of(), Set.of()),
                        keys -> Map.of(),
                        new PlanOptions(ScopeTemplate.DEFAULT, false, false),
                        ToolNames.SHARED_REFUSED)
                .plan(new DeclaredServer(
                        Optional.of("a"), Optional.empty(), List.of("https://a.example/mcp"), true, tools));
        plan.tools().stream()
                .filter(tool -> tool.change() != PlannedChange.REFUSED)
                .forEach(tool -> assertThat(AmLimits.problemOfToolKey(tool.key()))
                        .as(body)
                        .isEmpty());
    }

    private static String mutated(Random random) {
        StringBuilder body = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(body.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> body.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> body.delete(at, Math.min(body.length(), at + 1 + random.nextInt(8)));
                case 2 -> body.insert(at, (char) random.nextInt(0x3000));
                default -> body.append(body, 0, Math.min(at, 200));
            }
            if (body.length() == 0) {
                body.append(' ');
            }
        }
        return body.toString();
    }

    private static JsonNode read(String type, String body) throws IOException {
        return ReplyReader.read(
                type, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), IntNode.valueOf(7));
    }
}
