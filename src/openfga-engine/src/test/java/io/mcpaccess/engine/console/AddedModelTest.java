package io.mcpaccess.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.embedded.model.ModelReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddedModelTest {

    private static final String TYPES = """
            model
              schema 1.1
            type user
            type folder
              relations
                define parent: [folder]
                define blocked: [user]
            """;

    @Test
    void aModelThatHasAPlaceInOpenFgasGraphIsAnsweredWithItsIdAlone() {
        assertThat(AddedModel.of("01M", json("    define reader: [user] but not blocked\n")))
                .isEqualTo(Map.of("authorizationModelId", "01M"));
    }

    @Test
    void oneThatHasNoneIsAnsweredWithAWarning() {
        assertThat(AddedModel.of("01M", json("    define reader: ([user] or reader from parent) but not blocked\n")))
                .containsEntry("authorizationModelId", "01M")
                .extractingByKey("warnings")
                .asString()
                .contains("folder#reader: \"and\" or \"but not\" stands in a circle of relations");
    }

    @Test
    void oneThatOnlyTheServerUnderstandsIsAnsweredWithItsIdAlone() {
        assertThat(AddedModel.of("01M", "{\"schema_version\": \"9.9\"}")).containsOnlyKeys("authorizationModelId");
    }

    private static String json(String relation) {
        return ModelReader.toJson(ModelReader.fromDsl(TYPES + relation));
    }
}
