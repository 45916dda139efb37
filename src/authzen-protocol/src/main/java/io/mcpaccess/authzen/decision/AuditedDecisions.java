package io.mcpaccess.authzen.decision;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.reporter.builder.AuditBuilder;
import io.gravitee.am.service.reporter.builder.gateway.PermissionEvaluatedAuditBuilder;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.DecisionLog;
import io.mcpaccess.core.decision.DecisionRecord;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.text.Printable;
import io.mcpaccess.support.AmQuestion;
import io.vertx.rxjava3.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Takes the decisions of one request down: each counted, and those that the administrator wants audited as one entry each in
 * AM's audit (AM class {@code PermissionEvaluatedAuditBuilder}). What stands there is who asked, about whom, what, and why it was decided so;
 * never a token, an argument or a property.
 */
public final class AuditedDecisions implements DecisionLog {

    private final AuditService audit;
    private final LostAudits lost;
    private final DecisionMeters meters;
    private final Domain domain;
    private final Client client;
    private final RoutingContext routing;
    private final Predicate<Outcome> isAudited;

    /**
     * Wires the log of one request.
     *
     * @param audit AM's audit, asynchronous
     * @param lost told about entries that could not be written
     * @param meters counts decisions
     * @param domain the domain
     * @param client who asks
     * @param routing the request, for the caller's address
     * @param isAudited which decisions have an entry
     */
    public AuditedDecisions(
            AuditService audit,
            LostAudits lost,
            DecisionMeters meters,
            Domain domain,
            Client client,
            RoutingContext routing,
            Predicate<Outcome> isAudited) {
        this.audit = Objects.requireNonNull(audit, "audit");
        this.lost = Objects.requireNonNull(lost, "lost");
        this.meters = Objects.requireNonNull(meters, "meters");
        this.domain = Objects.requireNonNull(domain, "domain");
        this.client = Objects.requireNonNull(client, "client");
        this.routing = Objects.requireNonNull(routing, "routing");
        this.isAudited = Objects.requireNonNull(isAudited, "isAudited");
    }

    @Override
    public void record(DecisionRecord decision) {
        try {
            meters.decided(decision);
        } finally {
            if (isAudited.test(decision.outcome())) {
                report(() -> entry(decision));
            }
        }
    }

    /**
     * Takes a search down, as one entry of the same kind.
     *
     * @param id the entry's own id
     * @param search what was looked for and found
     */
    public void searched(String id, SearchRecord search) {
        report(() -> entry(
                id,
                search.request(),
                new AuthorizationEngineResponse(search.isFound(), search.context()),
                search.failure()));
    }

    /** AM's builder is of another line where it does not link; a decision must be answered all the same. */
    private void report(Supplier<PermissionEvaluatedAuditBuilder> entry) {
        try {
            audit.report(entry.get());
        } catch (RuntimeException | LinkageError e) {
            meters.auditLost();
            lost.lost(e);
        }
    }

    private PermissionEvaluatedAuditBuilder entry(DecisionRecord decision) {
        return entry(
                decision.decisionId(),
                decision.request(),
                response(decision.outcome()),
                decision.outcome() instanceof Outcome.Unavailable unavailable
                        ? Optional.of(unavailable)
                        : Optional.empty());
    }

    /** The domain comes before the actor: AM's builder copies the reference when it takes the actor. */
    private PermissionEvaluatedAuditBuilder entry(
            String id,
            EvaluationRequest request,
            AuthorizationEngineResponse response,
            Optional<Outcome.Unavailable> failure) {
        PermissionEvaluatedAuditBuilder entry = AuditBuilder.builder(PermissionEvaluatedAuditBuilder.class)
                .domain(domain)
                .actor(client)
                .decisionId(id)
                .request(AmQuestion.of(printable(request)))
                .response(response)
                .ipAddress(routing)
                .userAgent(routing);
        failure.ifPresent(unavailable -> entry.throwable(new UnansweredException(unavailable)));
        return entry;
    }

    private static AuthorizationEngineResponse response(Outcome outcome) {
        var decision = outcome.toDecision();
        return new AuthorizationEngineResponse(decision.decision(), decision.context());
    }

    private static EvaluationRequest printable(EvaluationRequest request) {
        return new EvaluationRequest(
                printable(request.subject()), printable(request.action()), printable(request.resource()), Map.of());
    }

    /** Nearly all can be written as they are. */
    private static Subject printable(Subject subject) {
        String type = Printable.text(subject.type());
        String id = Printable.text(subject.id());
        boolean isWritten = type.equals(subject.type())
                && id.equals(subject.id())
                && subject.properties().isEmpty();
        return isWritten ? subject : Subject.of(type, id);
    }

    private static Action printable(Action action) {
        String name = Printable.text(action.name());
        return name.equals(action.name()) && action.properties().isEmpty() ? action : Action.of(name);
    }

    private static Resource printable(Resource resource) {
        String type = Printable.text(resource.type());
        String id = Printable.text(resource.id());
        boolean isWritten = type.equals(resource.type())
                && id.equals(resource.id())
                && resource.properties().isEmpty();
        return isWritten ? resource : Resource.of(type, id);
    }

    /** What AM's audit shows of a question that got no answer: status FAILURE and this message. */
    private static final class UnansweredException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private UnansweredException(Outcome.Unavailable outcome) {
            super(outcome.reason().wireName() + ": " + outcome.message(), null, false, false);
        }
    }
}
