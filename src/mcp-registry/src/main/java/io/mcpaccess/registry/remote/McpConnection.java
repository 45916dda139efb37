package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.plan.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;

/**
 * JSON-RPC over Streamable HTTP to one endpoint, for one import. No redirects, cookies, retries, proxies, compression or
 * content logging; every request is given up when the import's time is.
 */
final class McpConnection implements AutoCloseable {

    private final ImportTarget target;
    private final ServerCredentials credentials;
    private final ImportBudget budget;
    private final ImportThreads threads;
    private final CloseableHttpClient http;

    McpConnection(
            ImportTarget target,
            ServerCredentials credentials,
            GuardedDns dns,
            ImportBudget budget,
            ImportThreads threads) {
        this.target = target;
        this.credentials = credentials;
        this.budget = budget;
        this.threads = threads;
        Timeout left = Timeout.of(ImportBudget.MAX_TIME);
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(dns)
                        .setConnectionFactory(socket -> new QuietConnection())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(left)
                                .setSocketTimeout(left)
                                .build())
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(left).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setRedirectsEnabled(false)
                        .setResponseTimeout(left)
                        .setConnectionRequestTimeout(left)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("mcp-access-import")
                .build();
    }

    /**
     * Asks.
     *
     * @param headers headers of the protocol
     * @param message the JSON-RPC message; without id it is a notification
     * @return the answer
     * @throws RegistryException if there is none
     */
    McpReply post(Map<String, String> headers, ObjectNode message) {
        HttpPost request = new HttpPost(target.uri());
        request.setHeader("Accept", "application/json, text/event-stream");
        request.setEntity(
                new StringEntity(message.toString(), ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
        return execute(request, headers, message.path("id"));
    }

    /** Ends a session; the server may not care (MCP 2025-11-25, transports, section on sessions). */
    void delete(Map<String, String> headers) {
        execute(new HttpDelete(target.uri()), headers, MissingNode.getInstance());
    }

    private McpReply execute(HttpUriRequestBase request, Map<String, String> headers, JsonNode id) {
        headers.forEach(request::setHeader);
        credentials.header().ifPresent(value -> request.setHeader("Authorization", value));
        Future<?> givingUp =
                threads.timer().schedule(request::cancel, budget.timeLeft().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return answer(request, id);
        } catch (IOException | IllegalStateException e) {
            throw Unreachable.exception(e);
        } finally {
            givingUp.cancel(false);
        }
    }

    private McpReply answer(HttpUriRequestBase request, JsonNode id) throws IOException {
        ClassicHttpResponse response = http.executeOpen(HttpHost.create(target.uri()), request, null);
        HttpEntity entity = response.getEntity();
        BoundedStream body =
                new BoundedStream(entity == null ? InputStream.nullInputStream() : entity.getContent(), budget);
        try {
            return read(response, body, id);
        } finally {
            if (entity != null && !body.isAtEnd()) {
                // Closing would wait for the rest of the body, which may be endless.
                request.cancel();
            }
            Closer.closeQuietly(response);
        }
    }

    private static McpReply read(ClassicHttpResponse response, InputStream body, JsonNode id) throws IOException {
        int status = response.getCode();
        Optional<String> session =
                Optional.ofNullable(response.getFirstHeader("Mcp-Session-Id")).map(Header::getValue);
        String type = Optional.ofNullable(response.getFirstHeader("Content-Type"))
                .map(Header::getValue)
                .orElse("");
        return new McpReply(status, ReplyReader.read(type, body, id), session);
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
