package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaFormTest {

    private final JsonNode properties = new ObjectMapper()
            .readTree(Path.of("src/main/plugin/schemas/schema-form.json").toFile())
            .path("properties");

    SchemaFormTest() throws IOException {}

    @Test
    void offersExactlyWhatTheConfigurationReads() {
        List<String> offered = new ArrayList<>();
        properties.fields().forEachRemaining(each -> {
            if (!isHeading(each.getValue())) {
                offered.add(each.getKey());
            }
        });

        assertThat(offered)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(OpenFgaConfiguration.class.getDeclaredFields())
                        .map(Field::getName)
                        .toList());
    }

    @Test
    void case30_explainsEverySettingAndMasksEverySecret() {
        properties.fields().forEachRemaining(property -> {
            if (isHeading(property.getValue())) {
                return;
            }
            assertThat(property.getValue().path("title").asText())
                    .as(property.getKey())
                    .isNotBlank();
            assertThat(property.getValue().path("description").asText())
                    .as(property.getKey())
                    .isNotBlank();
        });
        for (String secret : List.of("apiToken", "clientSecret", "tlsClientKey")) {
            assertThat(properties.path(secret).path("sensitive").asBoolean())
                    .as(secret)
                    .isTrue();
        }
    }

    /** A group's heading on the console's form; it stores nothing. */
    private static boolean isHeading(JsonNode property) {
        return property.path("widget").asText().equals("message");
    }
}
