package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.policy.am.PolicySettings;
import io.mcpaccess.policy.am.PolicySettings.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySettingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void observesUntilToldOtherwise() throws Exception {
        for (McpToolAccessConfiguration none : List.of(new McpToolAccessConfiguration(), read("{}"))) {
            PolicySettings settings = none.settings();

            assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
            assertThat(settings.action()).isEqualTo("tools/call");
            assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\":{\"a\":1}}",
                "{\"mode\":7,\"timeoutMs\":\"soon\",\"subject\":[1]}",
                "{\"somethingElse\":null}"
            })
    void anyConfigurationIsTakenSoThatAmDoesNotDropTheStep(String json) throws Exception {
        assertThat(new McpToolAccessPolicy(read(json))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\":\"OBSERVE \"} | mode must be observe, reject or narrow",
                "{\"mode\":7} | mode must be",
                "{\"subject\":\"alice\"} | subject must name the user",
                "{\"subject\":\"{email}\"} | subject knows {username}",
                "{\"action\":[]} | action must be a text",
                "{\"timeoutMs\":\"1\"} | timeoutMs must be a whole number from 50 to 10000",
                "{\"timeoutMs\":0} | timeoutMs must be",
                "{\"mdoe\":\"reject\"} | There is no setting mdoe; there are mode, subject",
                "{\"a\\nb\":1} | There is no setting a?b",
                "{\"mode\":null} | mode must not be null",
                "{\"mode\":\"reject\",\"mode\":\"observe\"} | mode stands twice",
                "{\"reconsent\":\"false\"} | reconsent must be true or false",
                "{\"subjectType\":\"application\"} | subjectType is the type of users",
                "{\"subjectType\":\"agent\"} | subjectType is the type of users"
            })
    void saysWhichSettingIsWrongAndWhatWouldBeRight(String json, String message) throws Exception {
        McpToolAccessConfiguration configuration = read(json);

        assertThatThrownBy(configuration::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theConsolesFormOffersWhatTheStepTakes() throws Exception {
        JsonNode schema = JSON.readTree(
                Path.of("src/main/plugin/schemas/schema-form.json").toFile());
        JsonNode properties = schema.get("properties");
        McpToolAccessConfiguration defaults = new McpToolAccessConfiguration();
        properties.fields().forEachRemaining(each -> {
            assertThat(each.getValue().path("title").asText()).as(each.getKey()).isNotBlank();
            assertThat(each.getValue().path("description").asText())
                    .as(each.getKey())
                    .isNotBlank();
            defaults.set(each.getKey(), JSON.convertValue(each.getValue().get("default"), Object.class));
        });

        assertThat(defaults.settings()).isEqualTo(new McpToolAccessConfiguration().settings());
        assertThat(properties.has("scope"))
                .as("AM strips properties of this name")
                .isFalse();
        List<String> modes = new ArrayList<>();
        properties.get("mode").get("enum").forEach(each -> modes.add(each.asText()));
        assertThat(modes)
                .isEqualTo(List.of(Mode.values()).stream()
                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static McpToolAccessConfiguration read(String json) throws Exception {
        return JSON.readValue(json, McpToolAccessConfiguration.class);
    }
}
