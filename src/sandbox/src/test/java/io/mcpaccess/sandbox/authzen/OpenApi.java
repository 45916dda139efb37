package io.mcpaccess.sandbox.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The repository's OpenAPI document, which remembers what of it was seen. */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode document;
    private final Set<String> seen = new TreeSet<>();

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    static OpenApi ofThisRepository() throws Exception {
        return new OpenApi(new ObjectMapper(new YAMLFactory())
                .readTree(Path.of(System.getProperty("repository.root"), "docs", "openapi.yaml")
                        .toFile()));
    }

    /** Fails where an answer is not as the document has it; what was asked must fit too where it was answered with 200. */
    void check(String path, String method, String request, HttpResponse<String> response) throws Exception {
        JsonNode operation = document.path("paths").path(path).path(method);
        String where = method + " " + path + " " + response.statusCode() + " " + response.body();
        JsonNode described = resolve(operation.path("responses").path(String.valueOf(response.statusCode())));
        assertThat(described.isMissingNode()).as("undocumented: " + where).isFalse();
        seen.add(method + " " + path + " " + response.statusCode());

        described.path("headers").fields().forEachRemaining(header -> {
            if (resolve(header.getValue()).path("required").asBoolean()) {
                assertThat(response.headers().firstValue(header.getKey()))
                        .as(where)
                        .isPresent();
            }
        });
        String contentType =
                response.headers().firstValue("Content-Type").orElse("none").replaceAll(";.*", "");
        JsonNode content = described.path("content").path(contentType);
        assertThat(content.isMissingNode()).as(contentType + ": " + where).isFalse();
        JsonNode body =
                contentType.equals("application/json") ? JSON.readTree(response.body()) : new TextNode(response.body());
        assertThat(schema(content.path("schema")).validate(body)).as(where).isEmpty();
        if (request != null && response.statusCode() == 200) {
            JsonNode asked = operation
                    .at("/requestBody/content")
                    .path("application/json")
                    .path("schema");
            assertThat(schema(asked).validate(JSON.readTree(request)))
                    .as(request)
                    .isEmpty();
        }
    }

    /** Everything that the document says about answers, as {@code post /access/v1/evaluation 200}. */
    Set<String> documented() {
        Set<String> all = new TreeSet<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(method -> method.getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(
                                        status -> all.add(method.getKey() + " " + path.getKey() + " " + status))));
        return all;
    }

    /** What of it was seen. */
    Set<String> seen() {
        return seen;
    }

    /** The example of a request. */
    String example(String path) {
        return document.path("paths")
                .path(path)
                .at("/post/requestBody/content")
                .path("application/json")
                .path("example")
                .toString();
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** References are to the document itself, so its components go along. */
    private JsonSchema schema(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("components", document.path("components"));
        whole.set("allOf", JSON.createArrayNode().add(schema));
        return SCHEMAS.getSchema(whole);
    }
}
