package io.mcpaccess.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alert rules of assembly/monitoring ask for meters and labels that a gateway has. */
class MonitoringIT {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Pattern METER = Pattern.compile("(mcp_access_[a-z_]+)(?:\\{([^}]*)\\})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|=|!=|!~)");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void everyMeterOfTheDashboardAndTheAlertsIsInAScrape() throws Exception {
        Set<String> expressions = new HashSet<>();
        collect(
                new ObjectMapper()
                        .readTree(ROOT.resolve("assembly/monitoring/grafana-dashboard.json")
                                .toFile()),
                expressions);
        collect(
                new ObjectMapper(new YAMLFactory())
                        .readTree(ROOT.resolve("assembly/monitoring/alerts.yml").toFile()),
                expressions);
        assertThat(expressions).hasSizeGreaterThan(12);

        String scrape = scrape();
        Set<String> asked = new TreeSet<>();
        for (String expression : expressions) {
            Matcher meter = METER.matcher(expression);
            while (meter.find()) {
                asked.add(meter.group(1));
                assertThat(scrape)
                        .as("%s of %s", meter.group(1), expression)
                        .containsPattern("(?m)^" + meter.group(1) + "[ {]");
                if (meter.group(2) != null) {
                    Matcher label = LABEL.matcher(meter.group(2));
                    while (label.find()) {
                        assertThat(scrape)
                                .as("label %s of %s", label.group(1), expression)
                                .containsPattern("(?m)^" + meter.group(1) + "\\{(?:[^}]*,)?" + label.group(1) + "=");
                    }
                }
            }
        }
        assertThat(asked).hasSizeGreaterThanOrEqualTo(10);
    }

    /** Of a gateway with an embedded store, and one OpenFGA that is not there, after a question to each. */
    private String scrape() throws Exception {
        Files.writeString(folder.resolve("s.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type tool
                    relations
                      define can_call: [user]
                tuples: [{user: "user:alice", relation: can_call, object: "tool:pay"}]
                """);
        try (SandboxServer sandbox = SandboxServer.start(ROOT, folder.resolve("sandbox.yml"), """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                  - id: file
                    applications: [{clientId: pep, clientSecret: s3cret, grantTypes: [client_credentials]}]
                    authorizationEngine: {type: openfga, configuration: {mode: embedded, storeFile: s.fga.yaml, cacheAllowSeconds: 60, deadlineMillis: 5000}}
                  - id: server
                    applications: [{clientId: pep, clientSecret: s3cret, grantTypes: [client_credentials]}]
                    authorizationEngine:
                      type: openfga
                      configuration: {mode: server, connectionUri: "http://127.0.0.1:1", storeId: 01ARZ3NDEKTSV4RRFFQ69G5FAV,
                                      authorizationModelId: 01ARZ3NDEKTSV4RRFFQ69G5FAV, cacheAllowSeconds: 60}
                """)) {
            assertThat(ask(sandbox, "file")).isEqualTo(200);
            assertThat(ask(sandbox, "server")).isEqualTo(503);
            return http.send(
                            HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/_node/metrics/prometheus"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private int ask(SandboxServer sandbox, String domain) throws Exception {
        String basic = Base64.getEncoder().encodeToString("pep:s3cret".getBytes(StandardCharsets.UTF_8));
        return http.send(
                        HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/" + domain + "/access/v1/evaluation"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("""
                                        {"subject":{"type":"user","id":"alice"},"action":{"name":"can_call"},
                                         "resource":{"type":"tool","id":"pay"}}"""))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void collect(JsonNode node, Set<String> expressions) {
        if (node.path("expr").isTextual()) {
            expressions.add(node.path("expr").asText());
        }
        node.forEach(child -> collect(child, expressions));
    }
}
