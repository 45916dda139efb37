package io.mcpaccess.sandbox.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.SandboxServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A sandbox with one domain for each store, asked by the application {@code pep} of that domain. */
final class Pdp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PEP =
            "Basic " + Base64.getEncoder().encodeToString("pep:s3cret".getBytes(StandardCharsets.UTF_8));

    private final SandboxServer sandbox;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Pdp(SandboxServer sandbox) {
        this.sandbox = sandbox;
    }

    /** Domains to be started. */
    static final class Domains {
        private final Path folder;
        private final List<String> yaml = new ArrayList<>();

        Domains(Path folder) {
            this.folder = folder;
        }

        /** A domain whose engine evaluates a store file in process. */
        Domains embedded(String domain, String storeFile) throws Exception {
            Files.writeString(folder.resolve(domain + ".fga.yaml"), storeFile);
            return with(domain, "{mode: embedded, storeFile: " + domain + ".fga.yaml}");
        }

        /** A domain whose engine asks a real OpenFGA. */
        Domains server(String domain, RealOpenFga server, String storeFile) throws Exception {
            RealOpenFga.Store store = server.store(storeFile);
            return with(
                    domain,
                    "{mode: server, connectionUri: \"" + server.url() + "\", storeId: " + store.id()
                            + ", authorizationModelId: " + store.modelId() + "}");
        }

        /** A domain with an engine's configuration, a flow mapping of YAML. */
        Domains with(String domain, String configuration) {
            yaml.add("""
                      - id: %s
                        users: [{username: alice, password: wonderland}]
                        applications: [{clientId: pep, clientSecret: s3cret, grantTypes: [client_credentials]}]
                        authorizationEngine: {type: openfga, name: engine, configuration: %s}
                    """.formatted(domain, configuration));
            return this;
        }

        Pdp start() throws Exception {
            String text = "gateway: {port: 0}\nmanagement: {port: 0}\ndomains:\n" + String.join("", yaml);
            return new Pdp(SandboxServer.start(
                    Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), text));
        }
    }

    /** The gateway's address. */
    URI gateway() {
        return sandbox.gateway();
    }

    /** Asks an endpoint below {@code /access/v1} of a domain. */
    HttpResponse<String> ask(String domain, String path, String body) throws Exception {
        return send(request(domain, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /**
     * Asks and expects 200 with JSON. On a machine that is busy with other builds an engine may miss its deadline; that is
     * said with 503 and asked again.
     */
    JsonNode answer(String domain, String path, String body) throws Exception {
        HttpResponse<String> response = ask(domain, path, body);
        for (int again = 0; again < 5 && response.statusCode() == 503; again++) {
            response = ask(domain, path, body);
        }
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " " + body + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** Begins a request to an endpoint as the domain's application. */
    HttpRequest.Builder request(String domain, String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/" + domain + "/access/v1" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", PEP);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
