package io.mcpaccess.openfga.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.testing.Questions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CacheKeysTest {

    private final CacheKeys keys = new CacheKeys("store");

    /** Joining the parts of both questions gives the same text more often than not: the key must still differ. */
    @Property
    void case24_differsWhereAQuestionDiffers(
            @ForAll @StringLength(min = 1, max = 3) String a,
            @ForAll @StringLength(min = 1, max = 3) String b,
            @ForAll @StringLength(min = 1, max = 3) String c) {
        ByteBuffer key = key("m", new TupleKey(a, b, c), Map.of());

        assertThat(key).isNotEqualTo(key("m", new TupleKey(a + b, "", c), Map.of()));
        assertThat(key).isNotEqualTo(key("m", new TupleKey("", a + b, c), Map.of()));
        assertThat(key).isNotEqualTo(key("m" + a, new TupleKey("", b, c), Map.of()));
        assertThat(key).isNotEqualTo(key("m", new TupleKey(a, b, c), Map.of(a, b)));
        assertThat(key)
                .isNotEqualTo(new CacheKeys("stor")
                        .of("em", PermissionQuestion.of(new TupleKey(a, b, c), Map.of()))
                        .orElseThrow());
        assertThat(key).isEqualTo(key("m", new TupleKey(a, b, c), Map.of()));
    }

    @Test
    void isTheSameWhateverTheOrderOfTheContext() {
        TupleKey tuple = new TupleKey("user:a", "can_call", "tool:t");

        assertThat(key("m", tuple, Map.of("a", 1, "b", Map.of("x", 1, "y", 2))))
                .isEqualTo(key("m", tuple, Map.of("b", Map.of("y", 2, "x", 1), "a", 1)));
        assertThat(key("m", tuple, Map.of("a", 1))).isNotEqualTo(key("m", tuple, Map.of("a", "1")));
    }

    @Test
    void isNotThereForQuestionsWithTuplesOfTheirOwn() {
        TupleKey tuple = new TupleKey("user:a", "can_call", "tool:t");
        PermissionQuestion question = new PermissionQuestion(
                Questions.ask(tuple, Map.of()).tuple(), Map.of(), List.of(StoredTuple.of(tuple)));

        assertThat(keys.of("m", question)).isEmpty();
    }

    private ByteBuffer key(String model, TupleKey tuple, Map<String, Object> context) {
        return keys.of(model, Questions.ask(tuple, context)).orElseThrow();
    }
}
