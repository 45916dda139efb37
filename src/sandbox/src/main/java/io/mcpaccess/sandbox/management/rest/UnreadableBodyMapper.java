package io.mcpaccess.sandbox.management.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** A body that is not the JSON that the resource wants: 400, without quoting it. */
final class UnreadableBodyMapper implements ExceptionMapper<JsonProcessingException> {
    @Override
    public Response toResponse(JsonProcessingException failure) {
        return Failures.response(400, "The body is not the JSON that is expected here");
    }
}
