package io.mcpaccess.sandbox.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The certification scenario's fixture and the interop vectors of the AuthZEN working group, over HTTP. What an engine has
 * to do with it is the subclass's affair: the embedded one and a real OpenFGA must agree.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AuthZenFixtures {
    static final String CERTIFICATION = "certification";
    static final String TODO = "todo";
    static final String SEARCH = "search";
    static final String WIDE = "wide";

    Pdp pdp;

    @AfterAll
    void stop() {
        if (pdp != null) {
            pdp.close();
        }
    }

    // --- Basic Core

    @Test
    void basicCore() throws Exception {
        assertDecision(true, evaluation("alice", "", "read", "", "record-1", ""));
        assertDecision(true, evaluation("alice", "", "write", "", "record-1", ""));
        assertDecision(true, evaluation("bob", "", "read", "", "record-1", ""));
        assertDecision(false, evaluation("bob", "", "write", "", "record-1", ""));
    }

    @Test
    void unknownIdsAreDenied() throws Exception {
        assertDecision(false, evaluation("nobody", "", "read", "", "record-1", ""));
        assertDecision(false, evaluation("alice", "", "read", "", "record-9", ""));
    }

    @Test
    void check26AnUnknownTypeOrRelationIsDeniedWithTheReason() throws Exception {
        for (String body : List.of(
                evaluation("alice", "", "fly", "", "record-1", ""),
                evaluation("alice", "", "read", "", "record-1", "").replace("\"record\"", "\"planet\""),
                evaluation("alice", "", "read", "", "record-1", "").replace("\"user\"", "\"martian\""))) {
            JsonNode answer = pdp.answer(CERTIFICATION, "/evaluation", body);
            assertThat(answer.path("decision").asBoolean(true)).as(body).isFalse();
            assertThat(answer.at("/context/reason_code").asText()).as(body).isEqualTo("model_mismatch");
        }
    }

    // --- Basic Properties

    @Test
    void check14BasicProperties() throws Exception {
        assertDecision(
                false, evaluation("alice", "", "write", "", "record-2", ",\"properties\":{\"status\":\"archived\"}"));
        assertDecision(
                true,
                evaluation(
                        "bob",
                        ",\"properties\":{\"role\":\"admin\"}",
                        "write",
                        "",
                        "record-2",
                        ",\"properties\":{\"status\":\"archived\"}"));
        assertDecision(true, evaluation("alice", "", "delete", ",\"properties\":{\"soft\":true}", "record-1", ""));
        assertDecision(false, evaluation("alice", "", "delete", ",\"properties\":{\"soft\":false}", "record-1", ""));
    }

    @Test
    void check27AMissingConditionParameterIsADeny() throws Exception {
        JsonNode answer =
                pdp.answer(CERTIFICATION, "/evaluation", evaluation("alice", "", "delete", "", "record-1", ""));
        assertThat(answer.path("decision").asBoolean(true)).isFalse();
        assertThat(answer.at("/context/reason_code").asText()).isEqualTo("condition_missing");
    }

    @Test
    void check13WhatTheContextSaysWinsOverAProperty() throws Exception {
        String soft = evaluation("alice", "", "delete", ",\"properties\":{\"soft\":true}", "record-1", "");
        assertDecision(false, soft.replaceFirst("\\{", "{\"context\":{\"action_soft\":false},"));
    }

    @Test
    void check12ContextNeverFlipsAPlainDecision() throws Exception {
        for (String context :
                List.of("{\"decision\":true}", "{\"time\":\"2026-11-24T12:00:00Z\",\"subject_role\":\"admin\"}")) {
            String before = "{\"context\":" + context + ",";
            assertDecision(
                    true, evaluation("alice", "", "read", "", "record-1", "").replaceFirst("\\{", before));
            assertDecision(
                    false, evaluation("bob", "", "write", "", "record-1", "").replaceFirst("\\{", before));
        }
    }

    // --- Batch

    @Test
    void batchCoreAndProperties() throws Exception {
        JsonNode answers = pdp.answer(
                CERTIFICATION,
                "/evaluations",
                "{\"evaluations\":[" + evaluation("alice", "", "read", "", "record-1", "") + ","
                        + evaluation("bob", "", "write", "", "record-1", "") + ","
                        + evaluation("alice", "", "delete", ",\"properties\":{\"soft\":true}", "record-1", "") + ",{},"
                        + evaluation("alice", "", "delete", ",\"properties\":{\"soft\":false}", "record-1", "") + "]}");
        assertThat(decisions(answers)).containsExactly(true, false, true, false, false);
    }

    @Test
    void check21ManyItemsAreAnsweredInOrder() throws Exception {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 333; i++) {
            items.add("{\"resource\":{\"type\":\"record\",\"id\":\"record-" + (i % 3) + "\"}}");
        }
        JsonNode answers = pdp.answer(
                CERTIFICATION,
                "/evaluations",
                "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"read\"},\"evaluations\":["
                        + String.join(",", items) + "]}");
        List<Boolean> decisions = decisions(answers);
        assertThat(decisions).hasSize(333);
        for (int i = 0; i < 333; i++) {
            assertThat(decisions.get(i)).isEqualTo(i % 3 == 1);
        }
    }

    // --- Search

    @Test
    void searchCore() throws Exception {
        assertThat(found("/search/subject", evaluation("ignored", "", "read", "", "record-1", "")))
                .containsExactlyInAnyOrder("alice", "bob");
        assertThat(found("/search/resource", evaluation("alice", "", "read", "", "ignored", "")))
                .containsExactly("record-1");
        assertThat(found("/search/action", evaluation("alice", "", "ignored", "", "record-1", "")))
                .containsExactlyInAnyOrder("read", "write");
    }

    @Test
    void searchProperties() throws Exception {
        String write = evaluation(
                "bob",
                ",\"properties\":{\"role\":\"admin\"}",
                "write",
                "",
                "record-2",
                ",\"properties\":{\"status\":\"archived\"}");
        assertThat(found("/search/subject", write)).containsExactly("bob");
        assertThat(found("/search/resource", write)).containsExactly("record-2");
        assertThat(found("/search/action", write)).containsExactly("write");
    }

    @Test
    void unknownIdsAndTypesGiveNoResults() throws Exception {
        String strange = evaluation("nobody", "", "read", "", "record-9", "");
        for (String search : List.of("/search/subject", "/search/resource", "/search/action")) {
            assertThat(found(search, strange)).as(search).isEmpty();
            assertThat(found(search, strange.replace("\"record\"", "\"planet\"")))
                    .as(search)
                    .isEmpty();
            assertThat(found(search, strange.replace("\"user\"", "\"martian\"")))
                    .as(search)
                    .isEmpty();
        }
        assertThat(found("/search/subject", strange.replace("\"read\"", "\"fly\"")))
                .isEmpty();
        assertThat(found("/search/resource", strange.replace("\"read\"", "\"fly\"")))
                .isEmpty();
    }

    @Test
    void aSearchWhoseConditionLacksAParameterSaysSo() throws Exception {
        String delete = evaluation("alice", "", "delete", "", "record-1", "");
        for (String search : List.of("/search/subject", "/search/resource")) {
            JsonNode answer = pdp.answer(CERTIFICATION, search, delete);
            assertThat(answer.path("results")).as(search).isEmpty();
            assertThat(answer.at("/context/truncated").asBoolean()).as(search).isTrue();
            assertThat(answer.at("/context/reason_code").asText()).as(search).isEqualTo("condition_missing");
        }
    }

    @Test
    void actionSearchKnowsMoreRelationsThanABatchHolds() throws Exception {
        JsonNode answer = pdp.answer(
                WIDE,
                "/search/action",
                "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"resource\":{\"type\":\"record\",\"id\":\"r\"}}");
        assertThat(answer.path("results").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 120)
                        .filter(each -> each % 2 == 0)
                        .mapToObj(each -> "may_" + each)
                        .toList());
    }

    /** A type with 120 relations, every other of which alice holds, and one that no user can hold. */
    static String wide() {
        StringBuilder file = new StringBuilder("model: |\n  model\n    schema 1.1\n  type user\n  type folder\n"
                + "  type record\n    relations\n      define folder: [folder]\n");
        IntStream.range(0, 120).forEach(each -> file.append("      define may_" + each + ": [user]\n"));
        file.append("tuples:\n");
        IntStream.range(0, 120)
                .filter(each -> each % 2 == 0)
                .forEach(each ->
                        file.append("  - {user: \"user:alice\", relation: may_" + each + ", object: \"record:r\"}\n"));
        return file.toString();
    }

    @Test
    void everyoneIsARemarkAndNoSubject() throws Exception {
        JsonNode answer = pdp.answer(
                TODO,
                "/search/subject",
                "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"can_read_user\"},"
                        + "\"resource\":{\"type\":\"user\",\"id\":\"beth@the-smiths.com\"}}");
        assertThat(answer.path("results")).isEmpty();
        assertThat(answer.at("/context/everyone").asBoolean()).isTrue();
    }

    // --- Vectors

    @Test
    void check16TodoVectors() throws Exception {
        int asked = 0;
        for (JsonNode file : StoreFiles.cases("todo-cases.yaml", "authzen/todo-decisions-1_0-02.json")) {
            for (JsonNode vector : file.path("evaluation")) {
                JsonNode answer =
                        pdp.answer(TODO, "/evaluation", vector.path("request").toString());
                assertThat(answer.path("decision").booleanValue())
                        .as(vector.toString())
                        .isEqualTo(vector.path("expected").booleanValue());
                asked++;
            }
            for (JsonNode vector : file.path("evaluations")) {
                JsonNode answer =
                        pdp.answer(TODO, "/evaluations", vector.path("request").toString());
                assertThat(decisions(answer))
                        .as(vector.toString())
                        .isEqualTo(vector.path("expected").findValues("decision").stream()
                                .map(JsonNode::booleanValue)
                                .toList());
                asked++;
            }
        }
        assertThat(asked).isGreaterThanOrEqualTo(41);
    }

    @Test
    void subjectSearchVectors() throws Exception {
        assertSearchVectors("subject", "id", 7);
    }

    @Test
    void resourceSearchVectors() throws Exception {
        assertSearchVectors("resource", "id", 11);
    }

    @Test
    void actionSearchVectors() throws Exception {
        assertSearchVectors("action", "name", 20);
    }

    private void assertSearchVectors(String kind, String member, int atLeast) throws Exception {
        int asked = 0;
        for (JsonNode file : StoreFiles.cases("search-cases.yaml", "authzen/search-" + kind + "-results.json")) {
            for (JsonNode vector : file.has(kind) ? file.path(kind) : file.path("evaluation")) {
                JsonNode answer = pdp.answer(
                        SEARCH, "/search/" + kind, vector.path("request").toString());
                assertThat(answer.path("results").findValuesAsText(member))
                        .as(vector.toString())
                        .containsExactlyInAnyOrderElementsOf(
                                vector.at("/expected/results").findValuesAsText(member));
                assertThat(answer.at("/page/next_token").asText("missing")).isEmpty();
                asked++;
            }
        }
        assertThat(asked).isGreaterThanOrEqualTo(atLeast);
    }

    private void assertDecision(boolean expected, String body) throws Exception {
        assertThat(pdp.answer(CERTIFICATION, "/evaluation", body)
                        .path("decision")
                        .booleanValue())
                .as(body)
                .isEqualTo(expected);
    }

    private List<String> found(String search, String body) throws Exception {
        String member = search.endsWith("action") ? "name" : "id";
        return pdp.answer(CERTIFICATION, search, body).path("results").findValuesAsText(member);
    }

    private static List<Boolean> decisions(JsonNode answer) {
        return answer.path("evaluations").findValues("decision").stream()
                .map(JsonNode::booleanValue)
                .toList();
    }

    /** A question; the texts between the entities are further members of the one before. */
    static String evaluation(
            String subject, String ofSubject, String action, String ofAction, String resource, String ofResource) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"" + subject + "\"" + ofSubject + "},\"action\":{\"name\":\""
                + action + "\"" + ofAction + "},\"resource\":{\"type\":\"record\",\"id\":\"" + resource + "\""
                + ofResource + "}}";
    }
}
