package io.mcpaccess.sandbox.authzen;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.openfga.language.DslToJsonTransformer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real OpenFGA by way of {@code bin/openfga}, and stores in it. Tests are skipped, with the reason, where there is none. */
public final class RealOpenFga implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final int TUPLES_A_WRITE = 100;
    private static final long START_MINUTES = 10;

    private final Process process;
    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RealOpenFga(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** A store and its model. */
    public record Store(String id, String modelId) {}

    /** Starts a server. */
    public static RealOpenFga startOrSkip() throws Exception {
        Path log = Files.createTempFile("openfga", ".log");
        log.toFile().deleteOnExit();
        Process process = new ProcessBuilder(Path.of(System.getProperty("repository.root"), "bin", "openfga")
                        .toString())
                .redirectError(log.toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = CompletableFuture.supplyAsync(() -> {
                    try {
                        return out.readLine();
                    } catch (IOException e) {
                        return null;
                    }
                })
                .get(START_MINUTES, TimeUnit.MINUTES);
        if (line == null) {
            process.destroy();
            String reason = "no OpenFGA: " + Files.readString(log).strip();
            if ("true".equals(System.getenv("REQUIRE_OPENFGA"))) {
                throw new IllegalStateException(reason);
            }
            abort(reason);
        }
        return new RealOpenFga(process, URI.create(line.replaceFirst("^openfga ready ", "")));
    }

    public URI url() {
        return url;
    }

    /** Makes a store from the text of a store file in the form of OpenFGA's command line. */
    public Store store(String storeFile) throws Exception {
        JsonNode file = YAML.readTree(storeFile);
        JsonNode model = JSON.readTree(
                new DslToJsonTransformer().transform(file.path("model").asText()));
        String id = post("/stores", JSON.createObjectNode().put("name", "test"))
                .path("id")
                .asText();
        String modelId = post("/stores/" + id + "/authorization-models", model)
                .path("authorization_model_id")
                .asText();
        ArrayNode batch = JSON.createArrayNode();
        for (JsonNode tuple : file.path("tuples")) {
            batch.add(tuple);
            if (batch.size() == TUPLES_A_WRITE) {
                write(id, batch);
                batch = JSON.createArrayNode();
            }
        }
        if (!batch.isEmpty()) {
            write(id, batch);
        }
        return new Store(id, modelId);
    }

    /** Writes tuples. */
    void write(String store, ArrayNode tuples) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("writes").set("tuple_keys", tuples);
        post("/stores/" + store + "/write", body);
    }

    /** Deletes one tuple. */
    void delete(String store, JsonNode tuple) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("deletes").putArray("tuple_keys").add(tuple);
        post("/stores/" + store + "/write", body);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private JsonNode post(String path, JsonNode body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
