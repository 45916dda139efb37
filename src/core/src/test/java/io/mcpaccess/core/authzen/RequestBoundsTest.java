package io.mcpaccess.core.authzen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestBoundsTest {

    private static final String ENTITIES = "\"subject\":{\"type\":\"user\",\"id\":\"alice\",\"properties\":{\"a\":1}},"
            + "\"action\":{\"name\":\"read\"},\"resource\":{\"type\":\"record\",\"id\":\"r1\"}";

    private final AuthZenReader reader = new AuthZenReader();

    @Test
    void whatABatchGivesAllItsItemsIsMadeOnce() {
        EvaluationsRequest.Batch batch = batch("{\"n\":[1]}", 3);

        List<EvaluationRequest> questions = batch.items().stream()
                .map(item -> ((BatchItem.Question) item).request())
                .toList();
        assertThat(questions).hasSize(3).allSatisfy(each -> {
            assertThat(each.context()).isSameAs(questions.get(0).context());
            assertThat(each.subject()).isSameAs(questions.get(0).subject());
        });
        Set<String> keys = Set.of("n");
        assertThat(questions.get(1).withoutContext(keys).context())
                .isSameAs(questions.get(2).withoutContext(keys).context());
    }

    @Test
    void attack_43KilobytesOfContextForAThousandItems() {
        assertThatThrownBy(() -> batch("{\"v\":\"" + "x".repeat(43_000) + "\"}", 1000))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessageContaining("Send fewer items at once");
    }

    @Test
    void attack_aFewBytesForEachOfManyObjects() {
        String objects = String.join(",", Collections.nCopies(150_000, "{}"));

        for (String body : List.of(
                "{" + ENTITIES + ",\"context\":{\"o\":[" + objects + "]}}",
                "{" + ENTITIES + ",\"evaluations\":[" + objects + "]}",
                "{\"unknown\":[" + objects + "]," + ENTITIES + "}")) {
            assertThatThrownBy(() -> reader.readEvaluations(bytes(body)))
                    .isInstanceOf(MalformedRequestException.class)
                    .hasMessageContaining("values and members");
        }
    }

    @Test
    void attack_aSearchThatIsWorkedOnForEachCandidate() {
        String body = "{" + ENTITIES + ",\"context\":{\"v\":\"" + "x".repeat(66_000) + "\"}}";

        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable search :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> reader.readSubjectSearch(bytes(body)),
                        () -> reader.readResourceSearch(bytes(body)),
                        () -> reader.readActionSearch(bytes(body)))) {
            assertThatThrownBy(search)
                    .isInstanceOf(MalformedRequestException.class)
                    .hasMessageContaining("each candidate");
        }
    }

    @Test
    void aThousandToolsWithOneLongTokenAreABatch() {
        assertThat(batch("{\"access_token\":\"" + "x".repeat(4_000) + "\"}", 1000)
                        .items())
                .hasSize(1000);
    }

    @Test
    void aFrozenObjectIsAMapLikeAnyOther() {
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        map.put("a", null);
        map.put("b", List.of(1));
        Map<String, Object> frozen = FrozenObject.of(map);

        assertThat(frozen).isEqualTo(map).hasSameHashCodeAs(map);
        assertThat(map).isEqualTo(frozen);
        assertThat(FrozenObject.of(frozen)).isSameAs(frozen);
        assertThat(FrozenObject.without(frozen, Set.of("a"))).isEqualTo(Map.of("b", List.of(1)));
        assertThatThrownBy(() -> frozen.put("c", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(frozen::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private EvaluationsRequest.Batch batch(String context, int items) {
        String all = String.join(",", Collections.nCopies(items, "{}"));
        return (EvaluationsRequest.Batch) reader.readEvaluations(
                bytes("{" + ENTITIES + ",\"context\":" + context + ",\"evaluations\":[" + all + "]}"));
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
