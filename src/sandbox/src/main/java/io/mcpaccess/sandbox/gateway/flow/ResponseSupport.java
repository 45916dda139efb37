package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.gateway.api.Response;
import io.gravitee.gateway.api.buffer.Buffer;
import io.gravitee.gateway.api.http.HttpHeaders;
import io.gravitee.gateway.api.stream.WriteStream;

/** The response that a policy gets; AM takes nothing from it at the extension points that the sandbox has. */
final class ResponseSupport implements Response {
    private final HttpHeaders headers = HttpHeaders.create();
    private int status = 200;
    private String reason;

    @Override
    public Response status(int status) {
        this.status = status;
        return this;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public Response reason(String reason) {
        this.reason = reason;
        return this;
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public HttpHeaders trailers() {
        return null;
    }

    @Override
    public WriteStream<Buffer> write(Buffer content) {
        return this;
    }

    @Override
    public void end() {
        // A policy does not end AM's response.
    }
}
