package io.mcpaccess.samples.examples;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.ServerRequest;
import io.mcpaccess.guard.http.HttpAnswer;
import io.mcpaccess.samples.client.Http;
import io.mcpaccess.samples.client.Token;
import io.mcpaccess.samples.client.ToolClient;
import io.modelcontextprotocol.spec.McpSchema.JsonSchema;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExamplesTest {
    private static final String RESOURCE = "https://billing.example.com/mcp";
    private static final String YES =
            "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private final Http http = new Http();
    private final Server jetty = new Server();
    private final ServletContextHandler context = new ServletContextHandler("/");
    /** The first call of a process loads much, and the machine may be slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GuardConfiguration configuration = GuardConfiguration.of(
                    AM.baseUrl() + "/demo", RESOURCE, "billing-mcp", "s2")
            .withLimits(Limits.usual().withTimeouts(PATIENCE, PATIENCE));

    @BeforeEach
    void aliceMayCall() {
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"username\":\"alice\"}")));
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(okJson(YES)));
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + YES + "]}")));
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
    }

    @Test
    void aToolOfTheSdkKnowsWhoCalls() throws Exception {
        Tool greet = Tool.builder()
                .name("greet")
                .inputSchema(new JsonSchema("object", Map.of(), List.of(), false, null, null))
                .build();
        SdkServerExample.serve(context, configuration, greet);
        URI url = start();
        try (ToolClient client = new ToolClient(url, () -> new Token("the-token", ""))) {
            assertThat(client.connect()).containsExactly("greet");
            assertThat(client.call("greet", Map.of()).text()).isEqualTo("Hello alice");
        }
        assertThat(http.send("POST", url, Map.of(), "{}").statusCode()).isEqualTo(401);
        assertThat(http.get(url.resolve("/.well-known/oauth-protected-resource/mcp"), Map.of())
                        .body())
                .contains("\"resource\":\"" + RESOURCE + "\"");
    }

    @Test
    void aFilterStandsBeforeAnyServlet() throws Exception {
        ServletFilterExample.guard(context, configuration);
        context.addServlet(
                new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        response.getWriter().write("behind");
                    }
                },
                "/mcp");
        URI url = start();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertThat(http.send("POST", url, Map.of("Authorization", "Bearer t"), ping)
                        .body())
                .isEqualTo("behind");
        assertThat(http.send("POST", url, Map.of(), ping).statusCode()).isEqualTo(401);
    }

    @Test
    void aCheckWithoutServletsSaysWhatTheClientGets() {
        McpGuard guard = new McpGuard(configuration);
        byte[] ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes();
        Function<ServerRequest, HttpAnswer> server =
                request -> new HttpAnswer(200, Map.of(), new String(request.body(), StandardCharsets.UTF_8));
        assertThat(PlainCheckExample.guarded(guard, "POST", Map.of(), ping, server)
                        .status())
                .isEqualTo(401);
        assertThat(PlainCheckExample.guarded(guard, "POST", Map.of("Authorization", List.of("Bearer t")), ping, server)
                        .body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    }

    @Test
    void theConfigurationCanBe() {
        GuardConfiguration documented = ServletFilterExample.configuration("billing-mcp", "s2");
        assertThat(documented.resource().uri()).isEqualTo(URI.create(RESOURCE));
        assertThat(ServletFilterExample.told(documented).metadata().toJson())
                .contains(
                        "\"scopes_supported\":[\"invoices:read\",\"invoices:refund\"]",
                        "\"resource_name\":\"Billing\"");
        assertThat(ServletFilterExample.bySignature(documented).tokens()).isNotEqualTo(documented.tokens());
    }

    private URI start() throws Exception {
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.setHandler(context);
        jetty.start();
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/mcp");
    }
}
