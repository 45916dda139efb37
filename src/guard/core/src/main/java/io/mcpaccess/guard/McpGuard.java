package io.mcpaccess.guard;

import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.authzen.AccessQuestions;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.ProtectedResourceMetadata;
import io.mcpaccess.guard.oauth.TokenChecker;
import io.mcpaccess.guard.oauth.TokenIntrospection;
import io.mcpaccess.guard.oauth.TokenValidation;
import io.mcpaccess.guard.oauth.jwt.Possession;
import io.mcpaccess.guard.oauth.jwt.SignedTokens;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about every request to an MCP server before the server sees it: {@code guard.check(request).isAllowed()}.
 *
 * <p>Order: the token is active and issued for this server; the message is well-formed and its method open; a tool call
 * is permitted by AM, which checks the tool's scopes and the user's permission. What cannot be decided is refused.
 * Threads may share a guard; make one per MCP server.
 */
public final class McpGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpGuard.class);

    private final GuardConfiguration configuration;
    private final Refusals refusals;
    private final TokenGate gate;
    private final Runnable ending;
    private volatile boolean isClosed;

    /**
     * @param configuration what the guard needs to know
     * @throws IllegalArgumentException when an advertised scope is no scope token
     */
    public McpGuard(GuardConfiguration configuration) {
        this(configuration, Clock.systemUTC());
    }

    /**
     * @param configuration what the guard needs to know
     * @param clock tells when tokens expire
     * @throws IllegalArgumentException when an advertised scope is no scope token
     */
    public McpGuard(GuardConfiguration configuration, Clock clock) {
        this(
                configuration,
                clock,
                new RemoteCall(
                        configuration.limits().connectTimeout(),
                        configuration.limits().callDeadline()));
    }

    private McpGuard(GuardConfiguration configuration, Clock clock, RemoteCall own) {
        this(configuration, clock, own, own::close);
    }

    /**
     * A guard in a host that has an HTTP client of its own.
     *
     * @param configuration what the guard needs to know; its timeouts are the given calls' business
     * @param clock tells when tokens expire
     * @param remote calls AM; decisions go on on the thread that it completes on
     * @throws IllegalArgumentException when an advertised scope is no scope token
     */
    public McpGuard(GuardConfiguration configuration, Clock clock, AmCalls remote) {
        this(configuration, clock, remote, () -> {});
    }

    private McpGuard(GuardConfiguration configuration, Clock clock, AmCalls remote, Runnable ending) {
        this.ending = ending;
        this.configuration = configuration;
        this.refusals = new Refusals(
                configuration.resource().metadataUrl(),
                configuration.advertised().firstScopes(),
                configuration.proofs(),
                configuration.rules().denials());
        TokenChecker tokens = tokens(configuration, remote, clock);
        AccessQuestions questions = new AccessQuestions(configuration.domain(), configuration.credentials(), remote);
        this.gate = new TokenGate(
                configuration,
                refusals,
                tokens,
                new Possession(configuration.resource(), configuration.proofs(), clock),
                new MessageGate(configuration.rules(), refusals, questions, tokens));
    }

    private static TokenChecker tokens(GuardConfiguration configuration, AmCalls remote, Clock clock) {
        if (configuration.tokens() instanceof TokenValidation.Jwt rules) {
            return new SignedTokens(
                    configuration.domain(), configuration.issuer(), configuration.resource(), rules, remote, clock);
        }
        return new TokenIntrospection(
                configuration.domain(),
                configuration.credentials(),
                configuration.resource(),
                configuration.limits().tokenCache(),
                configuration.limits().cachedTokens(),
                remote,
                clock);
    }

    /**
     * Decides, and waits for it: at most two calls to AM, and two more where keys are fetched, each within {@link
     * Limits#callDeadline()}.
     *
     * @param request the request
     * @return the decision; no failure of AM throws
     */
    public GuardDecision check(GuardRequest request) {
        return checkAsync(request).join();
    }

    /**
     * Decides without waiting.
     *
     * @param request the request
     * @return completes always normally, at once or on a thread of the HTTP client
     */
    public CompletableFuture<GuardDecision> checkAsync(GuardRequest request) {
        return admitAsync(request.head(), "")
                .thenCompose(admission ->
                        admission.decide(request.body()).whenComplete((decision, failure) -> admission.close()));
    }

    /**
     * The first half of a decision, from the head alone, and waits for it: a body is only worth reading when its sender
     * may be here.
     *
     * @param head method and headers
     * @param address where the request comes from, for the limit of checks; empty when that is not known
     * @return to be closed when the answer to the client has ended
     */
    public Admission admit(RequestHead head, String address) {
        return admitAsync(head, address).join();
    }

    /**
     * The same without waiting.
     *
     * @param head method and headers
     * @param address where the request comes from; empty when that is not known
     * @return completes always normally, at once or on a thread of the HTTP client
     */
    public CompletableFuture<Admission> admitAsync(RequestHead head, String address) {
        return CompletableFuture.completedFuture(head)
                .thenCompose(given -> isClosed
                        ? CompletableFuture.completedFuture(Admission.refused(refusals.unavailable(null, "closed")))
                        : gate.admit(given, address))
                .exceptionally(failure -> Admission.refused(unexpected(failure)))
                .thenApply(admission -> admission.then(this::unexpected, McpGuard::logged))
                .thenApply(admission -> {
                    admission.refusal().ifPresent(McpGuard::logged);
                    return admission;
                });
    }

    /**
     * Ends the guard: every request after it is refused. On Java 21 and later the connections to AM end, once running calls
     * have, each within {@link Limits#callDeadline()}; before, with the last reference to the guard. Calls of a host's own
     * stay the host's. A second time does nothing.
     */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            ending.run();
        }
    }

    private Refused unexpected(Throwable failure) {
        return refusals.unavailable(null, "unexpected " + failure.getClass().getSimpleName());
    }

    /**
     * @return the protected resource metadata that this guard stands for
     */
    public ProtectedResourceMetadata metadata() {
        return configuration.metadata();
    }

    /**
     * @return the configuration that this guard was made from
     */
    public GuardConfiguration configuration() {
        return configuration;
    }

    /**
     * The refusal of a body that was not read to its end, for adapters.
     *
     * @return a 413 with the limit in it
     */
    public Refused bodyTooLong() {
        return refusals.tooLong(configuration.limits().bodyBytes());
    }

    /**
     * The refusal of a body that did not come in {@link CallerLimits#bodyTime()}, for adapters.
     *
     * @return a 408
     */
    public Refused bodyTooSlow() {
        return refusals.tooSlow();
    }

    /**
     * The refusal of a body that broke off or whose chunks are wrong, for adapters.
     *
     * @return a 400
     */
    public Refused bodyUnreadable() {
        return refusals.unreadableBody();
    }

    private static GuardDecision logged(GuardDecision decision) {
        if (decision instanceof Refused refused) {
            if (refused.kind() == GuardDecision.Kind.UNAVAILABLE) {
                LOG.warn("MCP request refused, because access could not be decided: {}", refused.reason());
            } else if (refused.reason().equals("subject_mismatch")) {
                LOG.warn(
                        "MCP request refused, because this guard names the user otherwise than AM does: make Rules.subject()"
                                + " and the engine's setting 'subject' the same");
            } else {
                LOG.debug("MCP request refused: {} ({})", refused.kind(), refused.reason());
            }
        }
        return decision;
    }
}
