package io.mcpaccess.registry;

import io.gravitee.am.service.exception.AbstractManagementException;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.Failures;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.RegistryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the caller is told of a call that failed, whoever answers it. OpenFGA's own 401, 403 and 404 are never handed on: AM's
 * console would log the administrator out, or leave the page.
 *
 * @param status the HTTP status
 * @param message for the caller
 */
record CallFailure(int status, String message) {

    private static final Logger LOG = LoggerFactory.getLogger(CallFailure.class);

    /**
     * Names what went wrong. What the caller cannot mend is logged.
     *
     * @param thrown what the call failed with, wrapped by stages or not
     * @return the answer
     */
    static CallFailure of(Throwable thrown) {
        Throwable cause = Failures.unwrapped(thrown);
        if (cause instanceof MalformedRequestException || cause instanceof InvalidDeclarationException) {
            return new CallFailure(400, cause.getMessage());
        }
        if (cause instanceof RegistryException known) {
            if (known.status() >= 500) {
                LOG.warn("A call of the management API failed: {}", known.getMessage(), known.getCause());
            }
            return new CallFailure(known.status(), known.getMessage());
        }
        if (cause instanceof AbstractManagementException am) {
            return new CallFailure(am.getHttpStatusCode(), am.getMessage());
        }
        if (cause instanceof BackendException store) {
            return new CallFailure(status(store.problem()), store.getMessage());
        }
        LOG.error("A call of the management API failed", cause);
        return new CallFailure(500, "The call failed; the log of the management API says why.");
    }

    private static int status(BackendException.Problem problem) {
        return switch (problem) {
            case INVALID_INPUT -> 400;
            case CREDENTIALS_REFUSED, NOT_FOUND -> 502;
            case UNSUPPORTED -> 501;
            case UNAVAILABLE -> 503;
        };
    }
}
