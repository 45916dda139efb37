package io.mcpaccess.samples.client;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientAuthorizationErrorHandler;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An MCP session by the MCP Java SDK, with a bearer token on every request. One thread at a time. */
public final class ToolClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private record Refusal(int status, Optional<Challenge> challenge) {}

    private final AtomicReference<Refusal> refusal = new AtomicReference<>();
    private final Http http = new Http();
    private final URI server;
    private final Supplier<Token> token;
    private final McpSyncClient mcp;

    /**
     * @param server the MCP server's URL
     * @param token asked for before every request
     */
    public ToolClient(URI server, Supplier<Token> token) {
        this.server = server;
        this.token = token;
        URI root = server.resolve("/");
        var transport = HttpClientStreamableHttpTransport.builder(root.toString())
                .endpoint(server.getPath())
                .connectTimeout(TIMEOUT)
                .httpRequestCustomizer((request, method, uri, body, context) ->
                        request.header("Authorization", "Bearer " + token.get().value()))
                .authorizationErrorHandler(McpHttpClientAuthorizationErrorHandler.fromSync(this::refused))
                .build();
        this.mcp = McpClient.sync(transport)
                .requestTimeout(TIMEOUT)
                .initializationTimeout(TIMEOUT)
                .build();
    }

    /**
     * Opens the session.
     *
     * @return the names of the server's tools
     */
    public List<String> connect() {
        mcp.initialize();
        return mcp.listTools().tools().stream().map(Tool::name).toList();
    }

    /**
     * Calls a tool.
     *
     * @param tool its name
     * @param arguments its arguments
     * @return how it ended; a refusal of the transport is an outcome, too
     */
    public CallOutcome call(String tool, Map<String, Object> arguments) {
        refusal.set(null);
        long start = System.nanoTime();
        try {
            CallToolResult result = mcp.callTool(new CallToolRequest(tool, arguments));
            boolean isError = Boolean.TRUE.equals(result.isError());
            return new CallOutcome(200, Optional.empty(), isError, text(result), millisSince(start));
        } catch (RuntimeException failure) {
            return refused(tool, failure, millisSince(start));
        }
    }

    @Override
    public void close() {
        mcp.closeGracefully();
    }

    /** Sees 401 and 403 before the SDK throws; a demo client does not step up by itself. */
    private boolean refused(ResponseInfo answer, McpTransportContext context) {
        Optional<Challenge> challenge =
                answer.headers().firstValue("WWW-Authenticate").flatMap(Challenge::read);
        refusal.set(new Refusal(answer.statusCode(), challenge));
        return false;
    }

    private CallOutcome refused(String tool, RuntimeException failure, long millis) {
        Refusal seen = refusal.get();
        if (seen != null) {
            return new CallOutcome(seen.status(), seen.challenge(), false, messages(failure), millis);
        }
        return new CallOutcome(plainStatus(tool, failure), Optional.empty(), false, messages(failure), millis);
    }

    /**
     * The SDK keeps other statuses than 401 and 403 to itself, so the call is sent once more by hand. It has no session:
     * even if it were let through now, the server could not run it.
     */
    private int plainStatus(String tool, RuntimeException failure) {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\"}}";
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + token.get().value(),
                "Content-Type", "application/json",
                "Accept", "application/json, text/event-stream");
        try {
            return http.send("POST", server, headers, call).statusCode();
        } catch (IOException unreachable) {
            failure.addSuppressed(unreachable);
            throw failure;
        }
    }

    private static String text(CallToolResult result) {
        return result.content().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(all.isEmpty() ? "" : "; ").append(cause.getMessage());
        }
        return all.toString();
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
