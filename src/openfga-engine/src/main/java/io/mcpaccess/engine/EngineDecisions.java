package io.mcpaccess.engine;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineTerms;
import io.mcpaccess.core.spi.SearchPage;
import io.mcpaccess.engine.explain.Explanations;
import io.mcpaccess.engine.store.OpenStore;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.PermissionChecks;
import io.mcpaccess.openfga.PermissionQuestion;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Decides AuthZEN questions with a store: maps, asks, and says why. Safe for use by many threads. */
final class EngineDecisions implements EngineOperations {

    /** The optional operations of this engine. */
    static final Set<String> OFFERED = Set.of("search/subject", "search/resource", "search/action", "explain");

    private static final Decision PERMITTED =
            new Decision(true, Map.of(Outcome.REASON_CODE, ReasonCode.PERMITTED.wireName()));

    private static final Decision DENIED =
            new Decision(false, Map.of(Outcome.REASON_CODE, ReasonCode.PERMISSION_DENIED.wireName()));

    private final EngineSettings settings;
    private final PermissionChecks checks;
    private final Consumer<String> domain;
    private final CompletionStage<EngineTerms> terms;
    private final EngineMeters meters;
    private final StoreSearches searches;
    private final Explanations explanations;

    EngineDecisions(EngineSettings settings, OpenStore store, Consumer<String> domain, EngineMeters meters) {
        this.settings = settings;
        this.checks = store.checks();
        this.domain = domain;
        this.terms = CompletableFuture.completedStage(terms(settings));
        this.meters = meters;
        this.explanations = store.explanations();
        this.searches = new StoreSearches(settings.mapping(), store.checks(), store.searches(), store.administration());
    }

    /**
     * Decides one question.
     *
     * @param request the question
     * @return the decision with its reason code; never fails
     */
    CompletionStage<Decision> evaluate(EvaluationRequest request) {
        PermissionQuestion question;
        try {
            question = settings.mapping().map(request);
        } catch (InvalidIdentifierException e) {
            return CompletableFuture.completedFuture(decision(false, ReasonCode.INVALID_IDENTIFIER.wireName()));
        }
        Timer.Sample sample = meters.start();
        return checks.check(question, Traces.current()).thenApply(result -> {
            meters.answered(sample, result);
            return decision(result);
        });
    }

    @Override
    public CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> requests) {
        if (requests.size() == 1) {
            return evaluate(requests.get(0)).thenApply(List::of);
        }
        Decision[] decisions = new Decision[requests.size()];
        List<Integer> places = new ArrayList<>();
        List<PermissionQuestion> questions = new ArrayList<>();
        for (int i = 0; i < decisions.length; i++) {
            try {
                questions.add(settings.mapping().map(requests.get(i)));
                places.add(i);
            } catch (InvalidIdentifierException e) {
                decisions[i] = decision(false, ReasonCode.INVALID_IDENTIFIER.wireName());
            }
        }
        Timer.Sample sample = meters.start();
        return checks.checkAll(questions, Traces.current()).thenApply(results -> {
            meters.answered(sample, results);
            for (int i = 0; i < places.size(); i++) {
                decisions[places.get(i)] = decision(results.get(i));
            }
            return Arrays.asList(decisions);
        });
    }

    @Override
    public CompletionStage<EngineTerms> terms() {
        return terms;
    }

    private static EngineTerms terms(EngineSettings settings) {
        Optional<Duration> deadline = settings.source() instanceof Source.Server server
                ? Optional.of(server.settings().timeouts().deadline())
                : Optional.empty();
        return new EngineTerms(settings.access(), settings.audits(), deadline);
    }

    @Override
    public void belongsTo(String domainId) {
        domain.accept(domainId);
    }

    @Override
    public CompletionStage<Set<String>> offered() {
        return CompletableFuture.completedFuture(OFFERED);
    }

    @Override
    public CompletionStage<SearchPage> searchSubjects(
            String subjectType, Action action, Resource resource, Map<String, Object> context) {
        return searches.subjects(subjectType, action, resource, context);
    }

    @Override
    public CompletionStage<SearchPage> searchResources(
            Subject subject, Action action, String resourceType, Map<String, Object> context) {
        return searches.resources(subject, action, resourceType, context);
    }

    @Override
    public CompletionStage<SearchPage> searchActions(Subject subject, Resource resource, Map<String, Object> context) {
        return searches.actions(subject, resource, context);
    }

    @Override
    public CompletionStage<Map<String, Object>> explain(EvaluationRequest question) {
        try {
            return explanations.explain(settings.mapping().map(question));
        } catch (InvalidIdentifierException e) {
            return CompletableFuture.completedFuture(Map.of(
                    "allowed",
                    false,
                    Outcome.REASON_CODE,
                    ReasonCode.INVALID_IDENTIFIER.wireName(),
                    "text",
                    e.getMessage()));
        }
    }

    /** What AuthZEN says for an answer of a store. */
    static Decision decision(CheckResult result) {
        return result.isRemembered()
                ? new Decision(result.isAllowed(), Map.of(Outcome.REASON_CODE, result.reasonCode(), "remembered", true))
                : decision(result.isAllowed(), result.reasonCode());
    }

    private static Decision decision(boolean allowed, String reasonCode) {
        if (allowed) {
            return PERMITTED;
        }
        return reasonCode.equals(ReasonCode.PERMISSION_DENIED.wireName())
                ? DENIED
                : new Decision(false, Map.of(Outcome.REASON_CODE, reasonCode));
    }
}
