package io.mcpaccess.guard.proxy.am;

import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks AM with a server's own credentials whether it would answer the guard's questions. It asks about a token that nobody has,
 * and puts a question without a subject: AM knows the caller before it looks at either, and decides nothing.
 */
public final class AmProbe {
    private static final String NO_TOKEN = "token=none&token_type_hint=access_token";

    private final AmCalls calls;

    /**
     * @param calls to AM
     */
    public AmProbe(AmCalls calls) {
        this.calls = calls;
    }

    /**
     * @param server its place at AM
     * @return what is wrong, for the operator; empty when all is well. Completes always normally
     */
    public CompletableFuture<Optional<String>> ask(GuardConfiguration server) {
        return introspection(server)
                .thenCompose(wrong -> wrong.isPresent() ? CompletableFuture.completedFuture(wrong) : question(server));
    }

    private CompletableFuture<Optional<String>> introspection(GuardConfiguration server) {
        Map<String, String> headers = Map.of(
                "Authorization",
                server.credentials().basicHeader(),
                "Content-Type",
                "application/x-www-form-urlencoded");
        return calls.post(server.domain().introspectionEndpoint(), headers, NO_TOKEN)
                .handle((answer, failure) -> failure == null
                        ? switch (answer.status()) {
                            case 200 -> Optional.empty();
                            case 401 -> Optional.of(refused(server));
                            case 404 ->
                                Optional.of(
                                        "There is no domain at "
                                                + server.domain().url()
                                                + ", or it is not started: look at 'domain', the domain's URL at AM's gateway.");
                            default ->
                                Optional.of("AM answers the introspection of a token with " + answer.status() + ".");
                        }
                        : Optional.of(
                                "AM cannot be reached at " + server.domain().url() + " (" + RemoteCall.reason(failure)
                                        + "): look at 'domain', the network, and the certificate."));
    }

    private CompletableFuture<Optional<String>> question(GuardConfiguration server) {
        Map<String, String> headers =
                Map.of("Authorization", server.credentials().basicHeader(), "Content-Type", "application/json");
        return calls.post(server.domain().evaluationEndpoint(), headers, "{}")
                .handle((answer, failure) -> failure == null
                        ? switch (answer.status()) {
                            case 200, 400 -> Optional.empty();
                            case 401 -> Optional.of(refused(server));
                            case 404 ->
                                Optional.of(
                                        "The domain answers no AuthZEN questions: the AuthZEN protocol plugin is not"
                                                + " installed at AM's gateway.");
                            case 503 -> Optional.of("The domain's authorization engine is not there or not ready.");
                            default -> Optional.of("AM answers AuthZEN questions with " + answer.status() + ".");
                        }
                        : Optional.of("AM does not answer AuthZEN questions (" + RemoteCall.reason(failure) + ")."));
    }

    private static String refused(GuardConfiguration server) {
        return "AM does not take the credentials of '" + server.credentials().clientId()
                + "': look at 'clientId' and 'clientSecret' (GUARD_CLIENT_ID and GUARD_CLIENT_SECRET).";
    }
}
