package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of the plugins, read as AM's console reads them. */
class ConsoleFormIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theConsoleShowsEveryFieldOfTheEngine() throws Exception {
        JsonNode schema = schema("openfga-engine");

        assertThat(EngineForm.faults(schema)).isEmpty();
        assertThat(EngineForm.settings(schema))
                .as("what everybody needs comes first")
                .startsWith("mode", "connectionUri", "storeId", "storeFile", "authorizationModelId");
    }

    @Test
    void theFlowsPageShowsEveryFieldOfTheStep() throws Exception {
        assertThat(StepForm.faults(schema("mcp-tool-policy"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfga-engine", "mcp-tool-policy"})
    void theDocumentationIsAsciiDoc(String module) throws Exception {
        Path file = plugin(module).resolve("docs/README.adoc");

        assertThat(StepForm.markdownIn(Files.readString(file))).isEmpty();
        assertThat(Files.readString(file)).startsWith("= ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/id | null | no root id",
                "/properties/deadlineMillis/widget | null | deadlineMillis is drawn as a slider",
                "/properties/apiToken/sensitive | false | apiToken is a secret in clear",
                "/properties/apiToken/title | \"\" | apiToken has no title",
                "/properties/storeId/description | \"Right\" | storeId has its help at the right edge",
                "/properties/retry/widget | null | retry is a box that saves false",
                "/properties/mode/default | \"neither\" | mode has a default that it refuses",
                "/properties/mode/enum | [\"server\"] | mode names other choices",
                "/properties/callers/listItems | 1 | callers shows an empty entry",
                "/properties/callers/description | \"Other\" | callers shows no help",
                "/properties/scopes/widget | \"tags\" | scopes names a widget",
                "/properties/scopes/type | \"null\" | scopes has no type",
                "/properties/storeFile/condition/functionBody | \"alert(1)\" | storeFile has a condition that is no",
                "/properties/storeFile/condition/functionBody | \"return x();\" | storeFile has a condition with",
                "/properties/storeFile/condition/functionBody | \"return model.gone;\" | storeFile hangs on no field",
                "/properties/storeFile/condition/functionBody | \"return model.apiToken;\" | storeFile hangs on a secret",
                "/properties/storeFile/condition/functionBody | \"return model.mode === 'x';\" | storeFile hangs on a choice",
            })
    void aFormThatTheConsoleWouldBreakIsNoticed(String pointer, String json, String fault) throws Exception {
        ObjectNode schema = schema("openfga-engine");
        int end = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) schema.at(pointer.substring(0, end));
        parent.set(pointer.substring(end + 1), JSON.readTree(json));
        if (json.equals("null")) {
            parent.remove(pointer.substring(end + 1));
        }

        assertThat(EngineForm.faults(schema))
                .anySatisfy(each -> assertThat(each).startsWith(fault));
    }

    @Test
    void aNullAnywhereIsNoticed() throws Exception {
        ObjectNode schema = schema("openfga-engine");
        ((ObjectNode) schema.at("/properties/storeId")).putNull("default");

        assertThat(EngineForm.faults(schema)).anyMatch(each -> each.startsWith("a null"));
    }

    @Test
    void markdownIsNoticed() {
        assertThat(StepForm.markdownIn("# Title")).isNotEmpty();
        assertThat(StepForm.markdownIn("| a | b |\n|---|---|\n")).isNotEmpty();
        assertThat(StepForm.markdownIn("see [here](there.md)")).isNotEmpty();
        assertThat(StepForm.markdownIn("= Title\n\n[cols=\"1,3\"]\n|===\n|a |b\n|===\n"))
                .isEmpty();
    }

    private static ObjectNode schema(String module) throws IOException {
        return (ObjectNode)
                JSON.readTree(plugin(module).resolve("schemas/schema-form.json").toFile());
    }

    private static Path plugin(String module) {
        return Repository.root().resolve("src").resolve(module).resolve("src/main/plugin");
    }
}
