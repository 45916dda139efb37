package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.NetworkFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Whether the gateway answers AuthZEN questions with this project's engine, and, with an MCP server's own client, whether it can
 * read the store: that is asked about somebody whom nobody knows. Not for many threads.
 */
final class GatewayCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOBODY = "amctl-doctor";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String domain;
    private Optional<Instant> time = Optional.empty();

    /** A check of one domain, at its address on the gateway. */
    GatewayCheck(String domain) {
        this.domain = domain;
    }

    /** The gateway's clock at its last answer. */
    Optional<Instant> time() {
        return time;
    }

    /**
     * Asks.
     *
     * @param pep an MCP server's client as {@code {clientId, clientSecret}}; without them the store is not asked
     * @param tool a registered tool, if there is one
     */
    List<Finding> findings(JsonNode pep, Optional<String> tool) {
        List<Finding> findings = new ArrayList<>();
        try {
            if (isServed(findings)) {
                decide(pep, tool, findings);
            }
        } catch (IOException e) {
            findings.add(Finding.error(
                    "the gateway at " + domain + " cannot be reached",
                    NetworkFault.words(e),
                    "check --gateway, and that the gateway runs"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return findings;
    }

    private boolean isServed(List<Finding> findings) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(request("/.well-known/authzen-configuration").GET());
        JsonNode metadata = Json.read(answer.body());
        if (answer.statusCode() != 200 || !metadata.has("access_evaluation_endpoint")) {
            findings.add(Finding.error(
                    "the gateway does not answer AuthZEN questions for this domain",
                    "MCP servers get no decision; the plugin authzen is missing there, or is another's",
                    "install the bundle on the gateway with its install.sh, restart it, and check --gateway"));
            return false;
        }
        findings.add(
                metadata.has("search_subject_endpoint")
                        ? Finding.ok("the gateway serves this domain with the plugins authzen and openfga")
                        : Finding.error(
                                "the gateway serves AuthZEN without this project's engine",
                                "only single questions work, and scopes are not looked at as set",
                                "install openfga on the gateway with install.sh, or wait until it has taken the engine over"));
        return true;
    }

    private void decide(JsonNode pep, Optional<String> tool, List<Finding> findings)
            throws IOException, InterruptedException {
        if (!pep.has("clientId") || tool.isEmpty()) {
            findings.add(Finding.note(
                    "whether the gateway reads the store was not asked",
                    "it takes the client of an MCP server",
                    "AMCTL_MCP_CLIENT_ID and AMCTL_MCP_CLIENT_SECRET"));
            return;
        }
        ObjectNode question = Json.object();
        question.putObject("subject").put("type", "user").put("id", NOBODY);
        question.putObject("action").put("name", "tools/call");
        question.putObject("resource").put("type", "tool").put("id", tool.get());
        String basic = Base64.getEncoder()
                .encodeToString((pep.path("clientId").asText() + ":"
                                + pep.path("clientSecret").asText())
                        .getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = send(request("/access/v1/evaluation")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question.toString())));
        JsonNode json = Json.read(answer.body());
        String reason = json.path("context")
                .path("reason_code")
                .asText(json.path("reason_code").asText(""));
        if (answer.statusCode() == 401) {
            findings.add(Finding.error(
                    "the gateway does not take this MCP server's client",
                    "it gets no decisions, so every call of it is refused",
                    "renew the server's secret in AM, and give it to the server"));
        } else if (answer.statusCode() != 200 || reason.startsWith("engine_")) {
            findings.add(Finding.error(
                    "the gateway cannot decide (" + (reason.isEmpty() ? answer.statusCode() : reason) + ")",
                    "every tool call is refused",
                    "see the gateway's log; in embedded mode both nodes need the same mcp.embedded.dir"));
        } else if (json.path("decision").asBoolean()) {
            findings.add(Finding.warning(
                    "somebody whom nobody knows may call " + tool.get(),
                    "the permission is given to all, or permissions are in shadow mode",
                    "look at the tuples of the tool: amctl map"));
        } else {
            findings.add(Finding.ok("the gateway decides (" + reason + " for nobody)"));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(domain + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        time = answer.headers().firstValue("Date").flatMap(NetworkFault::instant);
        return answer;
    }
}
