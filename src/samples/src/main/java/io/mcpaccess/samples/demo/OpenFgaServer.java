package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.openfga.language.DslToJsonTransformer;
import io.mcpaccess.samples.client.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real OpenFGA with a memory store: empty again after each start. */
final class OpenFgaServer {
    /** The first start may build the server. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Http http = new Http();
    private final ChildProcess process;
    private final String url;

    private OpenFgaServer(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    static OpenFgaServer start(Stage stage, Path root, int port) throws IOException {
        List<String> command = List.of(root.resolve("bin/openfga").toString(), String.valueOf(port));
        ChildProcess process = stage.start("openfga", command, Map.of());
        return new OpenFgaServer(process, process.await("openfga ready ", PATIENCE));
    }

    void kill() {
        process.close();
    }

    /**
     * Makes a store with the model and the tuples of a store file.
     *
     * @return the engine's configuration for it
     */
    JsonNode seed(Path storeFile) throws IOException {
        JsonNode file = new YAMLMapper().readTree(Files.readString(storeFile));
        String store = post(
                        "/stores",
                        object().put("name", file.path("name").asText()).toString(),
                        201)
                .path("id")
                .asText();
        String model = post(
                        "/stores/" + store + "/authorization-models",
                        json(file.path("model").asText()),
                        201)
                .path("authorization_model_id")
                .asText();
        ObjectNode write = object().put("authorization_model_id", model);
        write.putObject("writes").set("tuple_keys", file.path("tuples"));
        post("/stores/" + store + "/write", write.toString(), 200);
        return object().put("mode", "server")
                .put("connectionUri", url)
                .put("storeId", store)
                .put("authorizationModelId", model);
    }

    private static String json(String dsl) throws IOException {
        try {
            return new DslToJsonTransformer().transform(dsl);
        } catch (Exception wrong) {
            throw new IOException("The demo's model cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    private JsonNode post(String path, String body, int expected) throws IOException {
        HttpResponse<String> answer =
                http.send("POST", URI.create(url + path), Map.of("Content-Type", "application/json"), body);
        DifferentAnswer.unless(
                answer.statusCode() == expected,
                "OpenFGA's " + path + " answers " + expected,
                answer.statusCode() + " " + answer.body());
        return Http.json(answer.body());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
