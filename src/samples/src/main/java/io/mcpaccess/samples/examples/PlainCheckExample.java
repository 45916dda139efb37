package io.mcpaccess.samples.examples;

import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.GuardRequest;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.http.HttpAnswer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The guard without servlets: for a server on any HTTP library. */
public final class PlainCheckExample {
    private PlainCheckExample() {}

    /**
     * @param guard decides about the request
     * @param method such as POST
     * @param headers every value of a header by its name
     * @param body the whole body
     * @return what the client gets instead of the server's answer; empty when the server may run the request
     */
    public static Optional<HttpAnswer> refusal(
            McpGuard guard, String method, Function<String, List<String>> headers, byte[] body) {
        GuardDecision decision = guard.check(GuardRequest.of(method, headers, body));
        if (decision instanceof GuardDecision.Refused refused) {
            return Optional.of(refused.answer());
        }
        return Optional.empty();
    }
}
