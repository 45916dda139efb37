package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.service.exception.AbstractManagementException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** AM's ManagementExceptionMapper. */
final class FailureMapper implements ExceptionMapper<AbstractManagementException> {
    @Override
    public Response toResponse(AbstractManagementException failure) {
        return Failures.response(failure.getHttpStatusCode(), failure.getMessage());
    }
}
