package io.mcpaccess.openfga.embedded.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNestingTest {

    /** As long as a model on the page for a browser may be, and as one that OpenFGA stores. */
    @ParameterizedTest
    @ValueSource(ints = {65, 3_000, 29_000, 120_000})
    void attackRulesInBracketsWithoutEnd(int depth) {
        String rule = "(".repeat(depth) + "a or b" + ")".repeat(depth);
        String dsl = """
                model
                  schema 1.1
                type user
                type tool
                  relations
                    define a: [user]
                    define b: [user]
                    define can_call: %s
                """.formatted(rule);

        assertThatThrownBy(() -> ModelReader.fromDsl(dsl))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("more than 64 deep");
    }
}
