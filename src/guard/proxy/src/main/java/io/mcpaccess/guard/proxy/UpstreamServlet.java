package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.http.MediaTypes;
import io.mcpaccess.guard.jsonrpc.JsonRpcAnswers;
import io.mcpaccess.guard.jsonrpc.JsonRpcErrors;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.servlet.McpGuardFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.EofException;

/**
 * Hands a request that the guard allowed to the MCP server, and its answer to the client, byte by byte as it comes. The
 * server's URL is fixed: neither path nor query of the client go on.
 */
final class UpstreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 256;
    private static final int BUFFER = 8192;

    private final transient URI upstream;
    private final transient Duration answerTimeout;
    private final transient Duration heartbeat;
    private final transient IdleWatch idle;
    private final transient ScheduledExecutorService beats;
    private final transient Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final transient HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    UpstreamServlet(ProxySettings settings, IdleWatch idle, ScheduledExecutorService beats) {
        this.upstream = settings.upstream();
        this.answerTimeout = settings.answerTimeout();
        this.heartbeat = settings.heartbeat();
        this.idle = idle;
        this.beats = beats;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!free.tryAcquire()) {
            refuse(response, 503, "Too many requests are open. Try again later.");
            return;
        }
        try {
            pass(request, response);
        } finally {
            free.release();
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(forServer(request), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException late) {
            refuse(response, 504, "The MCP server did not answer in time.");
            return;
        } catch (IOException unreachable) {
            refuse(response, 502, "The MCP server cannot be reached.");
            return;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            refuse(response, 503, "The proxy is stopping.");
            return;
        }
        try (InputStream body = idle.watched(answer.body())) {
            if (isUnusable(answer)) {
                refuse(response, 502, "The MCP server's answer cannot be passed on.");
            } else {
                forClient(answer, body, response, expiry(request));
            }
        } catch (IOException brokenOff) {
            // The client is gone, or the server before its answer ended: what went out must not look like a whole
            // answer.
            throw (IOException) new EofException("the answer broke off").initCause(brokenOff);
        }
    }

    private HttpRequest forServer(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(upstream)
                .timeout(answerTimeout)
                .method(
                        request.getMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : Collections.list(request.getHeaderNames())) {
            if (PassedHeaders.isForServer(name)) {
                Collections.list(request.getHeaders(name)).forEach(value -> forwarded.header(name, value));
            }
        }
        return forwarded.build();
    }

    /** A server that wants a token of its own, redirects or compresses: a client could make nothing of it. */
    private static boolean isUnusable(HttpResponse<InputStream> answer) {
        boolean encoded = answer.headers()
                .firstValue("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent();
        return encoded || answer.statusCode() == 401 || answer.statusCode() / 100 == 3;
    }

    /** A stream must not outlive the token that opened it. */
    private static Optional<Instant> expiry(HttpServletRequest request) {
        return request.getAttribute(McpGuardFilter.CALLER) instanceof Caller caller
                ? caller.token().flatMap(ActiveToken::expiresAt)
                : Optional.empty();
    }

    private void forClient(
            HttpResponse<InputStream> answer, InputStream body, HttpServletResponse response, Optional<Instant> expiry)
            throws IOException {
        response.setStatus(answer.statusCode());
        answer.headers().firstValue("Content-Type").ifPresent(response::setContentType);
        answer.headers().map().forEach((name, values) -> {
            if (PassedHeaders.isForClient(name)) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream client = response.getOutputStream();
        response.flushBuffer();
        if (MediaTypes.isEventStream(response.getContentType())) {
            try (Heartbeat alive = new Heartbeat(client, body, heartbeat, expiry, InstantSource.system(), beats)) {
                pass(body, alive::write);
            }
        } else {
            pass(body, (bytes, count) -> client.write(bytes, 0, count));
        }
    }

    private interface Target {
        void write(byte[] bytes, int count) throws IOException;
    }

    private static void pass(InputStream body, Target target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (count > 0) {
                target.write(buffer, count);
            }
        }
    }

    private static void refuse(HttpServletResponse response, int status, String problem) throws IOException {
        byte[] body = JsonRpcAnswers.error(null, JsonRpcErrors.INTERNAL_ERROR, problem)
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(body);
    }
}
