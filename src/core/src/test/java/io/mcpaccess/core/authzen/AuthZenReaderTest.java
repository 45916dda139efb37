package io.mcpaccess.core.authzen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthZenReaderTest {

    private static final String WHOLE = """
            {"subject":{"type":"user","id":"alice"},"action":{"name":"can_call"},"resource":{"type":"tool","id":"pay"}}""";

    private final AuthZenReader reader = new AuthZenReader();

    @Test
    void readsAWholeQuestion() {
        EvaluationRequest request = read("""
                {"subject":{"type":"user","id":"alice","properties":{"team":"a"}},
                 "action":{"name":"can_call","properties":{"amount":5}},
                 "resource":{"type":"tool","id":"pay","properties":{"tags":["x",null]}},
                 "context":{"ip":"192.0.2.1"},"extra":1}""");

        assertThat(request.subject()).isEqualTo(new Subject("user", "alice", Map.of("team", "a")));
        assertThat(request.action()).isEqualTo(new Action("can_call", Map.of("amount", 5)));
        assertThat(request.resource().properties().get("tags"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("x", null);
        assertThat(request.context()).containsExactly(Map.entry("ip", "192.0.2.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|subject is missing",
                "{\"subject\":\"alice\"}|subject must be an object",
                "{\"subject\":{\"id\":\"a\"},\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}|subject.type is missing",
                "{\"subject\":{\"type\":\"u\",\"id\":\"\"},\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}|subject.id must not be empty",
                "{\"subject\":{\"type\":\"u\",\"id\":\"a\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}|action is missing",
                "{\"subject\":{\"type\":\"u\",\"id\":\"a\"},\"action\":{\"name\":123},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}|action.name must be a string",
                "{\"subject\":{\"type\":\"u\",\"id\":\"a\"},\"action\":{\"name\":\"x\"}}|resource is missing",
                "{\"subject\":{\"type\":\"u\",\"id\":\"a\"},\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"t\"}}|resource.id is missing",
                "{\"subject\":{\"type\":\"u\",\"id\":\"a\"},\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"},\"context\":[]}|context must be an object",
                "[]|not a JSON object",
                "{\"subject\":|not valid JSON",
                "{} {}|something follows",
                "{\"a\":1,\"a\":2}|a member appears twice"
            })
    void refusesWhatIsNoQuestionAndSaysWhat(String body, String problem) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void case14_refusesAMemberThatAppearsTwiceAtAnyDepth() {
        String body = WHOLE.replace("\"id\":\"alice\"", "\"id\":\"alice\",\"id\":\"mallory\"");

        assertThatThrownBy(() -> read(body)).hasMessageContaining("twice");
    }

    @Test
    void refusesBadUtf8() {
        byte[] body = WHOLE.getBytes(StandardCharsets.UTF_8);
        body[WHOLE.indexOf("alice")] = (byte) 0xC3;

        assertThatThrownBy(() -> reader.readEvaluation(body)).hasMessage("The body is not valid UTF-8.");
    }

    @Test
    void refusesOverlongFormsAndLoneSurrogates() {
        for (String bytes : List.of("c0a1", "c1bf", "e080a1", "eda080", "f8888080", "e282")) {
            assertThatThrownBy(
                            () -> reader.readEvaluation(wholeWith(HexFormat.of().parseHex(bytes))))
                    .as(bytes)
                    .hasMessage("The body is not valid UTF-8.");
        }
    }

    @Test
    void readsCharactersOfAnyLengthAtAnyPlace() {
        for (int place = 240; place < 270; place++) {
            String name = "x".repeat(place) + "\u00e9\u20ac\ud83d\ude00";
            byte[] body =
                    WHOLE.replace("\"id\":\"alice\"", "\"id\":\"" + name + "\"").getBytes(StandardCharsets.UTF_8);

            assertThat(reader.readEvaluation(body).subject().id()).isEqualTo(name);
        }
    }

    @Test
    void refusesAByteOrderMarkAndOtherEncodings() {
        for (byte[] body : List.of(
                ("\ufeff" + WHOLE).getBytes(StandardCharsets.UTF_8),
                WHOLE.getBytes(StandardCharsets.UTF_16LE),
                WHOLE.getBytes(StandardCharsets.UTF_16BE),
                WHOLE.getBytes(StandardCharsets.UTF_16),
                WHOLE.getBytes(Charset.forName("UTF-32BE")),
                WHOLE.getBytes(Charset.forName("UTF-32LE")))) {
            assertThatThrownBy(() -> reader.readEvaluation(body)).isInstanceOf(MalformedRequestException.class);
        }
    }

    private static byte[] wholeWith(byte[] inserted) {
        int place = WHOLE.indexOf("alice");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(WHOLE.substring(0, place).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(inserted);
        body.writeBytes(WHOLE.substring(place).getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    @Test
    void case32_refusesNestingDeeperThanTheLimit() {
        String deep = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);
        String body = WHOLE.substring(0, WHOLE.length() - 1) + ",\"x\":" + deep + "}";

        assertThatThrownBy(() -> read(body)).hasMessageContaining("nested deeper than 32");
    }

    @Test
    void case32_refusesAnEmptyAndAnOversizedBody() {
        assertThatThrownBy(() -> reader.readEvaluation(new byte[0])).hasMessageContaining("empty");
        assertThatThrownBy(() -> reader.readEvaluation(new byte[StrictJson.MAX_BYTES + 1]))
                .hasMessageContaining("larger than");
    }

    @Test
    void neverRepeatsTheBodyInAProblem() {
        assertThatThrownBy(() -> read("{\"context\":{\"access_token\":\"s3cr3t\" \"x\"}}"))
                .satisfies(problem -> assertThat(problem.toString()).doesNotContain("s3cr3t"));
    }

    @Test
    void aBatchWithoutItemsIsASingleQuestion() {
        String body = WHOLE.substring(0, WHOLE.length() - 1) + ",\"evaluations\":[]}";

        assertThat(reader.readEvaluations(bytes(body))).isInstanceOf(EvaluationsRequest.Single.class);
        assertThat(reader.readEvaluations(bytes(WHOLE))).isInstanceOf(EvaluationsRequest.Single.class);
    }

    @Test
    void anItemOverridesADefaultWholeAndInheritsTheRest() {
        EvaluationsRequest.Batch batch = batch("""
                {"subject":{"type":"user","id":"alice","properties":{"p":1}},"action":{"name":"a"},"context":{"c":1},
                 "evaluations":[{"resource":{"type":"t","id":"1"}},
                                {"resource":{"type":"t","id":"2"},"subject":{"type":"user","id":"bob"},"context":{}}]}""");

        assertThat(question(batch, 0).subject().properties()).containsEntry("p", 1);
        assertThat(question(batch, 0).context()).containsEntry("c", 1);
        assertThat(question(batch, 1).subject()).isEqualTo(Subject.of("user", "bob"));
        assertThat(question(batch, 1).context()).isEmpty();
    }

    @Test
    void case21_anIncompleteItemLeavesTheOthersAlone() {
        EvaluationsRequest.Batch batch = batch("""
                {"subject":{"type":"user","id":"alice"},"action":{"name":"a"},
                 "evaluations":[{"resource":{"type":"t","id":"1"}},{},7]}""");

        assertThat(batch.items().get(0)).isInstanceOf(BatchItem.Question.class);
        assertThat(batch.items().get(1)).isEqualTo(new BatchItem.Incomplete("resource is missing."));
        assertThat(batch.items().get(2)).isInstanceOf(BatchItem.Incomplete.class);
    }

    @Test
    void refusesASemanticThatTheSpecificationDoesNotHave() {
        assertThatThrownBy(() -> batch("{\"evaluations\":[{}],\"options\":{\"evaluations_semantic\":\"best_effort\"}}"))
                .hasMessageContaining("permit_on_first_permit");
        assertThatThrownBy(() -> batch("{\"evaluations\":[{}],\"options\":3}")).hasMessageContaining("options");
    }

    @Test
    void theSemanticsCutTheAnswersAfterTheItemThatStops() {
        Decision yes = new Decision(true, Map.of());
        Decision no = new Decision(false, Map.of());
        List<Decision> all = List.of(yes, no, yes);

        assertThat(BatchSemantic.EXECUTE_ALL.processedPrefix(all)).isEqualTo(all);
        assertThat(BatchSemantic.DENY_ON_FIRST_DENY.processedPrefix(all)).containsExactly(yes, no);
        assertThat(BatchSemantic.PERMIT_ON_FIRST_PERMIT.processedPrefix(all)).containsExactly(yes);
    }

    private EvaluationRequest read(String body) {
        return reader.readEvaluation(bytes(body));
    }

    private EvaluationsRequest.Batch batch(String body) {
        return (EvaluationsRequest.Batch) reader.readEvaluations(bytes(body));
    }

    private static EvaluationRequest question(EvaluationsRequest.Batch batch, int index) {
        return ((BatchItem.Question) batch.items().get(index)).request();
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
