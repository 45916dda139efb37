package io.mcpaccess.authzen.endpoint;

import io.gravitee.am.model.Reference;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.reporter.builder.AuditBuilder;
import io.gravitee.am.service.reporter.builder.ClientAuthAuditBuilder;
import io.mcpaccess.authzen.decision.AccessRequests;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.http.Endpoint;
import io.mcpaccess.authzen.limit.CallerLimit;
import io.mcpaccess.authzen.pep.AuthenticatedClient;
import io.mcpaccess.authzen.pep.Blocking;
import io.mcpaccess.authzen.pep.PepAuthenticator;
import io.mcpaccess.authzen.pep.PepDelayedException;
import io.mcpaccess.authzen.pep.PepRefusedException;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.openfga.Failures;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks who calls before it looks at anything else (AuthZEN 1.0, section 11.3), and audits who failed. */
public final class AuthenticatedEndpoint implements Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticatedEndpoint.class);
    /** Shorter than a slow engine may take: that is no reason to wait for a client look-up that hangs. */
    private static final Duration AUTHENTICATION_LIMIT = Duration.ofSeconds(3);

    private final String domainId;
    private final PepAuthenticator authenticator;
    private final AuditService audit;
    private final CallerLimit limit;
    private final AccessRequests requests;
    private final QuestionEndpoint question;
    private final Blocking workers;

    /**
     * Wires one endpoint.
     *
     * @param domainId the domain, for the audit
     * @param authenticator finds out who asks
     * @param audit takes failures down
     * @param limit how often a caller may ask
     * @param requests makes the request of a caller that is known
     * @param question what answers it
     * @param workers where it answers what would hold an event loop
     */
    public AuthenticatedEndpoint(
            String domainId,
            PepAuthenticator authenticator,
            AuditService audit,
            CallerLimit limit,
            AccessRequests requests,
            QuestionEndpoint question,
            Blocking workers) {
        this.domainId = Objects.requireNonNull(domainId, "domainId");
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.limit = Objects.requireNonNull(limit, "limit");
        this.requests = Objects.requireNonNull(requests, "requests");
        this.question = Objects.requireNonNull(question, "question");
        this.workers = Objects.requireNonNull(workers, "workers");
    }

    @Override
    public CompletionStage<Answer> answer(Call call) {
        CompletableFuture<AuthenticatedClient> known =
                authenticator.authenticate(call.authorization(), call.address()).toCompletableFuture();
        if (known.isDone() && !known.isCompletedExceptionally()) {
            return ask(known.join(), call);
        }
        return known.copy()
                .orTimeout(AUTHENTICATION_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((client, failure) -> failure == null ? ask(client, call) : refuse(call, failure))
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Answer> ask(AuthenticatedClient client, Call call) {
        Optional<Duration> wait = limit.refusal(client.pep().clientId());
        if (wait.isPresent()) {
            return CompletableFuture.completedFuture(LaterAnswer.tooMany(wait.get()));
        }
        if (!call.isJson()) {
            throw new MalformedRequestException("The Content-Type must be application/json.");
        }
        return question.isHeavy(call)
                ? workers.run(() -> question.answer(requests.of(client, call, workers::execute)))
                        .thenCompose(stage -> stage)
                : question.answer(requests.of(client, call, Runnable::run));
    }

    private CompletionStage<Answer> refuse(Call call, Throwable failure) {
        Throwable cause = Failures.unwrapped(failure);
        if (cause instanceof PepDelayedException delay) {
            return CompletableFuture.completedFuture(
                    LaterAnswer.after(delay.status(), delay.getMessage(), delay.pause()));
        }
        if (!(cause instanceof PepRefusedException refusal)) {
            return CompletableFuture.failedFuture(cause);
        }
        report(call, refusal);
        return CompletableFuture.completedFuture(
                Answer.error(401, refusal.getMessage()).with("WWW-Authenticate", refusal.challenges()));
    }

    private void report(Call call, PepRefusedException refusal) {
        try {
            audit.report(AuditBuilder.builder(ClientAuthAuditBuilder.class)
                    .reference(Reference.domain(domainId))
                    .clientActor(refusal.client().orElse(null))
                    .throwable(refusal)
                    .ipAddress(call.routing())
                    .userAgent(call.routing()));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A failed client authentication could not be audited", e);
        }
    }
}
