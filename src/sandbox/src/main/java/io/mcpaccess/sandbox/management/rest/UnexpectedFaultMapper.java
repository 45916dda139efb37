package io.mcpaccess.sandbox.management.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nobody expected: 500, with the cause in the log only. A WebApplicationException keeps its own response, as in AM. */
final class UnexpectedFaultMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFaultMapper.class);

    @Override
    public Response toResponse(Throwable fault) {
        if (fault instanceof WebApplicationException answer) {
            return answer.getResponse();
        }
        LOG.error("A resource failed", fault);
        return Failures.response(500, "Unexpected error");
    }
}
