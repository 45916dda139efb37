package io.mcpaccess.guard;

import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.PresentedCredentials;
import io.mcpaccess.guard.oauth.TokenCheck;
import io.mcpaccess.guard.oauth.TokenChecker;
import io.mcpaccess.guard.oauth.jwt.Possession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who sends a request, from its head alone: what comes from nobody is not read any further. */
final class TokenGate {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGate.class);

    private final GuardConfiguration configuration;
    private final Refusals refusals;
    private final TokenChecker tokens;
    private final Possession possession;
    private final MessageGate gate;
    private final SessionSeal sessions;
    private final ConcurrencyLimit checks;
    private final ConcurrencyLimit requests;
    private final ConcurrencyLimit streams;

    TokenGate(
            GuardConfiguration configuration,
            Refusals refusals,
            TokenChecker tokens,
            Possession possession,
            MessageGate gate) {
        CallerLimits limits = configuration.limits().callers();
        this.configuration = configuration;
        this.refusals = refusals;
        this.tokens = tokens;
        this.possession = possession;
        this.gate = gate;
        this.sessions = new SessionSeal(configuration.credentials(), configuration.resource());
        this.checks = new ConcurrencyLimit(limits.checksByAddress());
        this.requests = new ConcurrencyLimit(limits.requests());
        this.streams = new ConcurrencyLimit(limits.streams());
    }

    /**
     * @param head of the request
     * @param address where it comes from; empty when that is not known
     * @return fails where AM's answer could not be made anything of
     */
    CompletableFuture<Admission> admit(RequestHead head, String address) {
        PresentedCredentials presented = PresentedCredentials.read(head.authorization());
        if (presented instanceof PresentedCredentials.None) {
            return refused(refusals.noToken());
        }
        if (presented instanceof PresentedCredentials.Several) {
            return refused(refusals.severalTokens());
        }
        if (presented instanceof PresentedCredentials.Unusable) {
            return refused(refusals.token("unusable_header"));
        }
        if (head.fault().isPresent()) {
            return refused(refusals.head(head.fault().get()));
        }
        if (presented instanceof PresentedCredentials.Basic basic) {
            return CompletableFuture.completedFuture(ownCredentials(head, basic));
        }
        String token = presented instanceof PresentedCredentials.Dpop dpop
                ? dpop.token()
                : ((PresentedCredentials.Bearer) presented).token();
        Optional<ConcurrencyLimit.Slot> check =
                address.isEmpty() ? Optional.of(() -> {}) : checks.take(CallerNetwork.of(address));
        if (check.isEmpty()) {
            return refused(refusals.tooMany("too_many_token_checks"));
        }
        return CompletableFuture.completedFuture(token)
                .thenCompose(tokens::check)
                .whenComplete((outcome, failure) -> check.get().close())
                .thenApply(outcome -> afterTokenCheck(head, presented, token, outcome));
    }

    private Admission afterTokenCheck(
            RequestHead head, PresentedCredentials presented, String token, TokenCheck outcome) {
        if (!(outcome instanceof TokenCheck.Accepted accepted)) {
            return Admission.refused(refusedToken(outcome));
        }
        ActiveToken active = accepted.token();
        Optional<String> fault = possession.fault(presented, active, head.httpMethod(), head.proof());
        if (fault.isPresent()) {
            return Admission.refused(refusals.proof(fault.get(), active.confirmation()));
        }
        Optional<String> subject = configuration.rules().subject().subjectOf(active);
        if (subject.isEmpty()) {
            return Admission.refused(refusals.token("token_without_subject"));
        }
        Caller caller = new Caller(active.kind(), subject.get(), Optional.of(active));
        return inSession(
                head, caller, session -> body -> forToken(new GuardRequest(head, body), caller, token, session));
    }

    private CompletableFuture<GuardDecision> forToken(
            GuardRequest request, Caller caller, String token, McpSession session) {
        boolean stateless = request.headers().isStateless();
        return switch (request.head().httpMethod()) {
            case "POST" -> gate.forToken(request, caller, token, session);
            case "GET", "DELETE" ->
                done(stateless ? refusals.httpMethod("POST") : withoutBody(request, caller, token, session));
            default -> done(refusals.httpMethod(stateless ? "POST" : "GET, POST, DELETE"));
        };
    }

    /** The stream of a session and its end run no tool: a valid token is enough. The stream may repeat answers. */
    private GuardDecision withoutBody(GuardRequest request, Caller caller, String token, McpSession session) {
        if (request.body().length > 0) {
            return refusals.head(new HeaderFault(400, "Only a POST has a body."));
        }
        Optional<String> presented = request.headers().lastEventId();
        Optional<String> lastEventId = presented.flatMap(session::eventOfClient);
        if (presented.isPresent() && lastEventId.isEmpty()) {
            return refusals.session();
        }
        ServerRequest forServer = ServerRequest.withoutBody(session, lastEventId);
        return new Allowed(caller, Optional.of(gate.list(caller, token, false)), session, forServer);
    }

    /** With the session that was presented, which must be one of this owner's, and a slot of the owner's. */
    private Admission inSession(
            RequestHead head,
            Caller caller,
            Function<McpSession, Function<byte[], CompletableFuture<GuardDecision>>> decide) {
        String owner = caller.owner();
        Optional<McpSession> session = session(owner, head.headers());
        if (session.isEmpty()) {
            return Admission.refused(refusals.session());
        }
        return (head.httpMethod().equals("GET") ? streams : requests)
                .take(owner)
                .map(slot -> Admission.open(caller, slot, decide.apply(session.get())))
                .orElseGet(() -> Admission.refused(refusals.tooMany("too_many_requests_of_a_caller")));
    }

    private Optional<McpSession> session(String owner, McpHeaders headers) {
        if (headers.isStateless()) {
            return Optional.of(McpSession.none());
        }
        return headers.sessionId().isEmpty()
                ? Optional.of(new McpSession(sessions, owner, Optional.empty()))
                : sessions.opened(owner, headers.sessionId().get())
                        .map(id -> new McpSession(sessions, owner, Optional.of(id)));
    }

    private Refused refusedToken(TokenCheck outcome) {
        if (outcome instanceof TokenCheck.Inactive inactive) {
            return refusals.token(inactive.reason());
        }
        if (outcome instanceof TokenCheck.ForAnotherServer other) {
            if (!other.named()) {
                LOG.warn(
                        "MCP request refused, because AM names no audience of its token. Either the client asked for it without"
                                + " the parameter resource, or handlers.oauth2.introspect.allowAudience is false in the"
                                + " gateway's gravitee.yml: then no token is good here");
                return refusals.withoutAudience();
            }
            return refusals.token(Refusals.AUDIENCE);
        }
        String reason = outcome instanceof TokenCheck.Unknown unknown ? unknown.reason() : "no answer";
        return refusals.unavailable(null, reason);
    }

    private Admission ownCredentials(RequestHead head, PresentedCredentials.Basic presented) {
        if (!configuration.credentials().matches(presented.userAndPassword())) {
            return Admission.refused(refusals.token("wrong_own_credentials"));
        }
        if (!head.takesBody()) {
            return Admission.refused(refusals.httpMethod("POST"));
        }
        Caller caller = Caller.server(configuration.credentials().clientId());
        return inSession(
                head,
                caller,
                session -> body -> done(gate.forRegistration(new GuardRequest(head, body), caller, session)));
    }

    private static CompletableFuture<Admission> refused(Refused refusal) {
        return CompletableFuture.completedFuture(Admission.refused(refusal));
    }

    private static CompletableFuture<GuardDecision> done(GuardDecision decision) {
        return CompletableFuture.completedFuture(decision);
    }
}
