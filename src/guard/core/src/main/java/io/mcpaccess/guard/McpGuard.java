package io.mcpaccess.guard;

import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.authzen.ToolQuestion;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.PresentedCredentials;
import io.mcpaccess.guard.oauth.ProtectedResourceMetadata;
import io.mcpaccess.guard.oauth.TokenCheck;
import io.mcpaccess.guard.oauth.TokenChecker;
import io.mcpaccess.guard.oauth.TokenIntrospection;
import io.mcpaccess.guard.oauth.TokenValidation;
import io.mcpaccess.guard.oauth.jwt.SignedTokens;
import java.time.Clock;
import java.util.Optional;
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
public final class McpGuard {
    private static final Logger LOG = LoggerFactory.getLogger(McpGuard.class);

    private final GuardConfiguration configuration;
    private final Refusals refusals;
    private final TokenChecker tokens;
    private final MessageGate gate;
    private final SessionSeal sessions;

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
        Limits limits = configuration.limits();
        RemoteCall remote = new RemoteCall(limits.connectTimeout(), limits.callDeadline());
        this.configuration = configuration;
        this.refusals = new Refusals(
                configuration.resource().metadataUrl(),
                configuration.advertised().firstScopes());
        this.tokens = tokens(configuration, remote, clock);
        ToolQuestion questions = new ToolQuestion(
                configuration.domain(),
                configuration.credentials(),
                configuration.rules().action(),
                remote);
        this.sessions = new SessionSeal(configuration.credentials(), configuration.resource());
        this.gate = new MessageGate(configuration.rules(), refusals, questions, tokens);
    }

    private static TokenChecker tokens(GuardConfiguration configuration, RemoteCall remote, Clock clock) {
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
        return decide(request)
                .exceptionally(failure -> refusals.unavailable(
                        null, "unexpected " + failure.getClass().getSimpleName()))
                .thenApply(McpGuard::logged);
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

    private CompletableFuture<GuardDecision> decide(GuardRequest request) {
        PresentedCredentials presented = PresentedCredentials.read(request.authorization());
        if (presented instanceof PresentedCredentials.Bearer bearer) {
            return tokens.check(bearer.token())
                    .thenCompose(outcome -> afterTokenCheck(request, bearer.token(), outcome));
        }
        if (presented instanceof PresentedCredentials.Basic basic) {
            return CompletableFuture.completedFuture(ownCredentials(request, basic));
        }
        if (presented instanceof PresentedCredentials.Several) {
            return CompletableFuture.completedFuture(refusals.severalTokens());
        }
        return CompletableFuture.completedFuture(
                presented instanceof PresentedCredentials.None
                        ? refusals.noToken()
                        : refusals.token("unusable_header"));
    }

    private CompletableFuture<GuardDecision> afterTokenCheck(GuardRequest request, String token, TokenCheck outcome) {
        if (!(outcome instanceof TokenCheck.Accepted accepted)) {
            return CompletableFuture.completedFuture(refusedToken(outcome));
        }
        Optional<String> subject = configuration.rules().subject().subjectOf(accepted.token());
        if (subject.isEmpty()) {
            return CompletableFuture.completedFuture(refusals.token("token_without_subject"));
        }
        Caller caller = new Caller(subject.get(), Optional.of(accepted.token()));
        String owner = "user:" + accepted.token().subject().orElse(caller.subject());
        Optional<McpSession> session = session(owner, request.headers());
        if (session.isEmpty()) {
            return CompletableFuture.completedFuture(refusals.session());
        }
        return forToken(request, caller, token).thenApply(decision -> in(session.get(), decision));
    }

    private CompletableFuture<GuardDecision> forToken(GuardRequest request, Caller caller, String token) {
        boolean stateless = request.headers().isStateless();
        return switch (request.httpMethod()) {
            case "POST" -> gate.forToken(request, caller, token);
            case "GET", "DELETE" ->
                CompletableFuture.completedFuture(stateless ? refusals.httpMethod("POST") : stream(caller, token));
            default -> CompletableFuture.completedFuture(refusals.httpMethod(stateless ? "POST" : "GET, POST, DELETE"));
        };
    }

    /** The stream of a session and its end run no tool: a valid token is enough. The stream may repeat answers. */
    private Allowed stream(Caller caller, String token) {
        return new Allowed(caller, gate.toolList(caller, token, false));
    }

    /**
     * Empty when the id that was presented is not one of this owner's. A user is told from others by {@code sub}, as names
     * are unique per identity provider only.
     */
    private Optional<McpSession> session(String owner, McpHeaders headers) {
        if (headers.isStateless()) {
            return Optional.of(McpSession.none());
        }
        return headers.sessionId().isEmpty()
                ? Optional.of(new McpSession(sessions, owner, Optional.empty()))
                : sessions.opened(owner, headers.sessionId().get())
                        .map(id -> new McpSession(sessions, owner, Optional.of(id)));
    }

    private static GuardDecision in(McpSession session, GuardDecision decision) {
        return decision instanceof Allowed allowed ? allowed.in(session) : decision;
    }

    private GuardDecision refusedToken(TokenCheck outcome) {
        if (outcome instanceof TokenCheck.Inactive inactive) {
            return refusals.token(inactive.reason());
        }
        if (outcome instanceof TokenCheck.ForAnotherServer) {
            return refusals.token("audience_mismatch");
        }
        String reason = outcome instanceof TokenCheck.Unknown unknown ? unknown.reason() : "no answer";
        return refusals.unavailable(null, reason);
    }

    private GuardDecision ownCredentials(GuardRequest request, PresentedCredentials.Basic presented) {
        if (!configuration.credentials().matches(presented.userAndPassword())) {
            return refusals.token("wrong_own_credentials");
        }
        if (!request.httpMethod().equals("POST")) {
            return refusals.httpMethod("POST");
        }
        Caller caller = new Caller(configuration.credentials().clientId(), Optional.empty());
        return session("own:" + caller.subject(), request.headers())
                .map(session -> in(session, gate.forRegistration(request, caller)))
                .orElseGet(refusals::session);
    }

    private static GuardDecision logged(GuardDecision decision) {
        if (decision instanceof Refused refused) {
            if (refused.kind() == GuardDecision.Kind.UNAVAILABLE) {
                LOG.warn("MCP request refused, because access could not be decided: {}", refused.reason());
            } else if (refused.reason().equals("subject_mismatch")) {
                LOG.warn(
                        "MCP request refused, because this guard names the user otherwise than AM does: make Rules.subject()"
                                + " and the AuthZEN plugin's setting 'subject' the same");
            } else {
                LOG.debug("MCP request refused: {} ({})", refused.kind(), refused.reason());
            }
        }
        return decision;
    }
}
