package io.mcpaccess.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An OpenFGA with a small store, and a sandbox with two domains that ask the same permissions: {@code server} asks that
 * OpenFGA, {@code embedded} has them in its own process.
 */
final class Installation implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = """
        {"schema_version":"1.1","type_definitions":[{"type":"user"},{"type":"tool","relations":{"can_call":{"this":{}}},
        "metadata":{"relations":{"can_call":{"directly_related_user_types":[{"type":"user"}]}}}}]}\
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path room;
    private final WatchedProcess openFga;
    private final URI openFgaUrl;
    private final String store;
    private final String model;
    private final WatchedProcess sandbox;
    private final URI gateway;

    /** Starts everything; {@code root} is the repository's. */
    Installation(Path root) throws IOException, InterruptedException {
        room = Files.createTempDirectory("mcp-load");
        int port = freePort();
        openFga = WatchedProcess.start(
                room.resolve("openfga.log"),
                "openfga ready",
                List.of(
                        root.resolve("bin/openfga").toString(),
                        Integer.toString(port),
                        "--",
                        "--experimentals",
                        "authzen",
                        "--authzen-base-url",
                        "http://127.0.0.1:" + port));
        openFgaUrl = URI.create(openFga.ready().substring("openfga ready ".length()));
        try {
            store = post("/stores", "{\"name\":\"load\"}", "id");
            model = post("/stores/" + store + "/authorization-models", MODEL, "authorization_model_id");
            post("/stores/" + store + "/write", "{\"writes\":{\"tuple_keys\":[" + tuples("""
                    {"user":"user:u%1$d","relation":"can_call","object":"tool:t%1$d"}\
                    """, ",") + "]}}", "");
            Files.writeString(room.resolve("store.fga.yaml"), storeFile());
            Files.writeString(room.resolve("sandbox.yml"), sandboxFile());
            sandbox = WatchedProcess.start(
                    room.resolve("sandbox.log"),
                    "sandbox ready",
                    List.of(
                            root.resolve("bin/sandbox").toString(),
                            "--config",
                            room.resolve("sandbox.yml").toString()));
            gateway = URI.create(sandbox.ready().replaceAll(".*gateway=(\\S+).*", "$1"));
        } catch (IOException | InterruptedException | RuntimeException e) {
            openFga.close();
            throw e;
        }
    }

    /** The control: OpenFGA asked directly. */
    Side control() {
        return Questions.check(openFgaUrl, store, model);
    }

    /** OpenFGA's own AuthZEN endpoint, an experiment of its 1.13 and later; nothing where it has none. */
    Optional<Side> openFgaAuthZen() throws IOException {
        Side side = Questions.evaluation(
                "OpenFGA's AuthZEN", openFgaUrl.resolve("/stores/" + store + "/access/v1/evaluation"), "");
        try (Connection one = new Connection(side.server())) {
            return one.ask(side.requests().get(0)) == 200 ? Optional.of(side) : Optional.empty();
        }
    }

    /** A domain's AuthZEN endpoint for one question. */
    Side gateway(String domain, String name) {
        return Questions.evaluation(
                name, gateway.resolve("/" + domain + "/access/v1/evaluation"), Questions.credentials());
    }

    /** A domain's AuthZEN endpoint for fifty questions. */
    Side batch(String domain) {
        return Questions.batch(
                domain + ", batch", gateway.resolve("/" + domain + "/access/v1/evaluations"), Questions.credentials());
    }

    WatchedProcess openFga() {
        return openFga;
    }

    WatchedProcess sandbox() {
        return sandbox;
    }

    private String post(String path, String body, String member) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(openFgaUrl.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("OpenFGA answers " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body()).path(member).asText();
    }

    private static String tuples(String form, String between) {
        return IntStream.range(0, Questions.USERS).mapToObj(form::formatted).collect(Collectors.joining(between));
    }

    private static String storeFile() {
        return """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            tuples:
            """ + tuples("  - {user: 'user:u%1$d', relation: can_call, object: 'tool:t%1$d'}\n", "");
    }

    private String sandboxFile() {
        return """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                """
                + domain(
                        "server",
                        "{mode: server, connectionUri: \"" + openFgaUrl + "\", storeId: " + store
                                + ", authorizationModelId: " + model + "}")
                + domain("embedded", "{mode: embedded, storeFile: store.fga.yaml}");
    }

    private static String domain(String id, String configuration) {
        return """
              - id: %s
                users: [{username: alice, password: wonderland}]
                applications: [{clientId: %s, clientSecret: %s, grantTypes: [client_credentials]}]
                authorizationEngine: {type: openfga, name: engine, configuration: %s}
            """.formatted(id, Questions.CLIENT, Questions.SECRET, configuration)
                .indent(2);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        sandbox.close();
        openFga.close();
        try (Stream<Path> files = Files.walk(room)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
