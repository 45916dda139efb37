package io.mcpaccess.guard.proxy.observe;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.GuardDecision;
import java.util.Map;
import java.util.Optional;

/** Is told of each request. Event loops share it. */
public interface Observer {
    /**
     * @param server the name of the server that the request is for
     * @param httpMethod in capitals
     * @param traceparent of the client, null for none (W3C Trace Context)
     * @return is told how it goes on
     */
    Request begins(String server, String httpMethod, String traceparent);

    /** One request. */
    interface Request {
        /**
         * @param decision the guard's
         * @param caller who asks, where that is known
         * @param body what the client sent; read only for the names of method and tool
         */
        void decided(GuardDecision decision, Optional<Caller> caller, byte[] body);

        /**
         * @return the headers by which the server behind goes on with the trace; empty for none
         */
        Map<String, String> traceHeaders();

        /**
         * @param status that the client got; 0 when it was gone before
         */
        void ended(int status);
    }
}
