package io.mcpaccess.samples.examples;

import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.GuardRequest;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.ServerRequest;
import io.mcpaccess.guard.http.HttpAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The guard without servlets: for a server on any HTTP library. */
public final class PlainCheckExample {
    private PlainCheckExample() {}

    /**
     * @param guard decides about the request
     * @param method such as POST
     * @param headers all headers, every value of each
     * @param body the whole body
     * @param server runs an allowed request, of which it gets what the guard decided about
     * @return what the client gets
     */
    public static HttpAnswer guarded(
            McpGuard guard,
            String method,
            Map<String, List<String>> headers,
            byte[] body,
            Function<ServerRequest, HttpAnswer> server) {
        GuardDecision decision = guard.check(GuardRequest.of(method, headers, body));
        if (decision instanceof GuardDecision.Allowed allowed) {
            return server.apply(allowed.forServer()); // never the client's own bytes
        }
        return ((GuardDecision.Refused) decision).answer();
    }
}
