package io.mcpaccess.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The same questions to an OpenFGA server's {@code /check} and to the embedded engine, one after the other. */
final class ServerComparison {

    private static final int TUPLES = 10_000;
    private static final int WRITE = 100;
    private static final int WARM_UP = 2000;
    private static final int QUESTIONS = 5000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;
    private String store;
    private String model;

    ServerComparison(String url) {
        this.url = url;
    }

    /**
     * Fills a new store of the server and asks.
     *
     * @return rows of the table
     */
    List<Row> run() throws IOException, InterruptedException {
        World world = new World(TUPLES);
        fill(world);
        EmbeddedEngine engine = world.engine();
        List<Row> rows = new ArrayList<>();
        for (String question : List.of("depth1", "depth5", "denied", "union", "visited")) {
            Random random = new Random(7);
            long[] server = new long[QUESTIONS];
            long[] embedded = new long[QUESTIONS];
            for (int i = -WARM_UP; i < QUESTIONS; i++) {
                CheckRequest request = CheckBenchmark.question(question, random.nextInt(world.units()));
                long start = System.nanoTime();
                boolean theirs = check(request);
                long between = System.nanoTime();
                boolean ours =
                        engine.view().check(request, Duration.ofSeconds(1)).isAllowed();
                long end = System.nanoTime();
                if (theirs != ours) {
                    throw new IllegalStateException("the server and the embedded engine differ about " + request);
                }
                if (i >= 0) {
                    server[i] = between - start;
                    embedded[i] = end - between;
                }
            }
            rows.add(Row.plain("OpenFGA /check, " + question + ", 10 thousand tuples", median(server), "us median"));
            rows.add(Row.plain("  the embedded engine, same questions in turn", median(embedded), "us median"));
        }
        return rows;
    }

    private static double median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1000.0;
    }

    private void fill(World world) throws IOException, InterruptedException {
        store = post("/stores", Map.of("name", "bench")).path("id").asText();
        JsonNode modelJson = json.readTree(ModelReader.toJson(ModelReader.fromDsl(World.MODEL)));
        model = post("/stores/" + store + "/authorization-models", modelJson)
                .path("authorization_model_id")
                .asText();
        List<StoredTuple> tuples = world.tuples();
        for (int from = 0; from < tuples.size(); from += WRITE) {
            List<Map<String, Object>> keys = tuples.subList(from, Math.min(tuples.size(), from + WRITE)).stream()
                    .map(ServerComparison::json)
                    .toList();
            post("/stores/" + store + "/write", Map.of("writes", Map.of("tuple_keys", keys)));
        }
    }

    private boolean check(CheckRequest request) throws IOException, InterruptedException {
        return post(
                        "/stores/" + store + "/check",
                        Map.of(
                                "tuple_key",
                                json(StoredTuple.of(request.tuple())),
                                "authorization_model_id",
                                model,
                                "context",
                                request.context()))
                .path("allowed")
                .asBoolean();
    }

    private static Map<String, Object> json(StoredTuple tuple) {
        TupleKey key = tuple.key();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", key.user());
        json.put("relation", key.relation());
        json.put("object", key.object());
        tuple.condition()
                .ifPresent(condition ->
                        json.put("condition", Map.of("name", condition.name(), "context", condition.context())));
        return json;
    }

    private JsonNode post(String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + " answers " + response.statusCode() + ": " + response.body());
        }
        return json.readTree(response.body());
    }
}
