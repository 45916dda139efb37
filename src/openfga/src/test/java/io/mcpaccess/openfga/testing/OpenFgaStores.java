package io.mcpaccess.openfga.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfga.language.DslToJsonTransformer;
import io.mcpaccess.openfga.TupleKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * Makes stores in a real OpenFGA server over its HTTP API, apart from the code under test.
 *
 * @param url where the server serves
 */
public record OpenFgaStores(URI url) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Creates an empty store.
     *
     * @return its id
     */
    public String createStore() {
        return post("/stores", Map.of("name", "test")).get("id").asText();
    }

    /**
     * Creates a store with a model.
     *
     * @param dsl the model in OpenFGA's language
     * @return the store's id
     */
    public String createStore(String dsl) {
        String store = createStore();
        addModel(store, dsl);
        return store;
    }

    /**
     * Adds a model to a store.
     *
     * @param store the store's id
     * @param dsl the model in OpenFGA's language
     * @return the model's id
     */
    public String addModel(String store, String dsl) {
        try {
            JsonNode model = JSON.readTree(new DslToJsonTransformer().transform(dsl));
            return post("/stores/" + store + "/authorization-models", model)
                    .get("authorization_model_id")
                    .asText();
        } catch (Exception e) {
            throw new IllegalArgumentException("The model of the test is no model", e);
        }
    }

    /**
     * Writes tuples without conditions.
     *
     * @param store the store's id
     * @param tuples what to write
     */
    public void write(String store, TupleKey... tuples) {
        List<Map<String, String>> keys = List.of(tuples).stream()
                .map(t -> Map.of("user", t.user(), "relation", t.relation(), "object", t.object()))
                .toList();
        post("/stores/" + store + "/write", Map.of("writes", Map.of("tuple_keys", keys)));
    }

    /**
     * Posts to the server.
     *
     * @param path where to
     * @param body what, as JSON
     * @return the answer; an answer other than 2xx is an error
     */
    public JsonNode post(String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
