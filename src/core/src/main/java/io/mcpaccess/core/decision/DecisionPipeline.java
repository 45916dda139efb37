package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.openfga.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides access questions: caller, identifiers, token, audience, subject, scopes, then the permission in the engine,
 * in that order and closed on any doubt. The engine is never asked about a question that an earlier layer refused, each
 * token is introspected once a request, and all questions of a request go to the engine together.
 *
 * <p>Immutable; may be used by any number of threads. Never blocks; the stages that it returns do not fail because of a
 * port.
 */
public final class DecisionPipeline {

    /** The most distinct tokens that one request may carry. */
    public static final int MAX_TOKENS = 10;

    private final ToolCatalogue catalogue;
    private final TokenIntrospector introspector;
    private final PermissionEngine engine;
    private final DecisionLog log;
    private final Supplier<String> ids;
    private final LongSupplier nanoTime;
    private final Executor executor;

    /**
     * Joins the ports.
     *
     * @param catalogue the domain's MCP servers
     * @param introspector AM's introspection
     * @param engine the domain's authorization engine
     * @param log takes every decision down once
     * @param ids gives unique decision ids
     * @param nanoTime a monotonic clock in nanoseconds
     * @param executor where work goes on after a port has answered: on the port's own thread for a request of a few questions, on
     *     a worker for one of many, so that no event loop is held
     */
    public DecisionPipeline(
            ToolCatalogue catalogue,
            TokenIntrospector introspector,
            PermissionEngine engine,
            DecisionLog log,
            Supplier<String> ids,
            LongSupplier nanoTime,
            Executor executor) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.introspector = Objects.requireNonNull(introspector, "introspector");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.log = Objects.requireNonNull(log, "log");
        this.ids = Objects.requireNonNull(ids, "ids");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /**
     * Joins the ports of a pipeline that goes on where its ports answer.
     *
     * @param catalogue the domain's MCP servers
     * @param introspector AM's introspection
     * @param engine the domain's authorization engine
     * @param log takes every decision down once
     * @param ids gives unique decision ids
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public DecisionPipeline(
            ToolCatalogue catalogue,
            TokenIntrospector introspector,
            PermissionEngine engine,
            DecisionLog log,
            Supplier<String> ids,
            LongSupplier nanoTime) {
        this(catalogue, introspector, engine, log, ids, nanoTime, Runnable::run);
    }

    /**
     * Decides one question.
     *
     * @param pep who asks, already authenticated
     * @param request the question
     * @return the outcome
     */
    public CompletionStage<Outcome> decide(Pep pep, EvaluationRequest request) {
        long start = nanoTime.getAsLong();
        return outcomes(pep, List.of(request)).thenApply(outcomes -> {
            record(pep, request, outcomes.get(0), start);
            return outcomes.get(0);
        });
    }

    /**
     * Decides a batch. An incomplete item is answered {@code false}, the others are decided as if each were asked alone.
     *
     * @param pep who asks, already authenticated
     * @param items the items
     * @param semantic how far they are answered
     * @return the processed prefix, in the order of the items
     * @throws MalformedRequestException if the items carry more than {@link #MAX_TOKENS} distinct tokens
     */
    public CompletionStage<List<Decision>> decideAll(Pep pep, List<BatchItem> items, BatchSemantic semantic) {
        long start = nanoTime.getAsLong();
        List<EvaluationRequest> questions = items.stream()
                .filter(BatchItem.Question.class::isInstance)
                .map(item -> ((BatchItem.Question) item).request())
                .toList();
        requireFewTokens(pep, questions);
        return outcomes(pep, questions).thenApply(outcomes -> {
            List<Decision> decisions = new ArrayList<>(items.size());
            int next = 0;
            for (BatchItem item : items) {
                decisions.add(
                        item instanceof BatchItem.Incomplete incomplete
                                ? incomplete(incomplete)
                                : outcomes.get(next++).toDecision());
            }
            List<Decision> answered = semantic.processedPrefix(decisions);
            next = 0;
            for (BatchItem item : items.subList(0, answered.size())) {
                if (item instanceof BatchItem.Question question) {
                    record(pep, question.request(), outcomes.get(next++), start);
                }
            }
            return answered;
        });
    }

    /**
     * Decides questions without taking them down, for results of a search: nobody has acted on them yet.
     *
     * @param pep who asks, already authenticated
     * @param requests the questions
     * @return one outcome a question, in the same order
     */
    public CompletionStage<List<Outcome>> preview(Pep pep, List<EvaluationRequest> requests) {
        return outcomes(pep, requests);
    }

    /**
     * Whether a caller may ask at all, before anything is done for it.
     *
     * @param pep who asks
     * @return nothing where it may, else the refusal; fails where the settings cannot be had
     */
    public CompletionStage<Optional<Outcome>> refusal(Pep pep) {
        return guarded(engine::settings).thenApply(settings -> ToolStep.refusal(pep, settings));
    }

    /**
     * How permissions name a resource that a caller searches about.
     *
     * @param pep who asks
     * @param resource the resource as the caller names it
     * @return the resource as the engine knows it, or nothing where the caller has no answer to expect about it
     */
    public CompletionStage<Optional<Resource>> nameInPermissions(Pep pep, Resource resource) {
        return guarded(engine::settings)
                .thenCompose(settings -> guarded(catalogue::settled).thenApply(read -> settings))
                .thenApply(settings -> new ToolStep(pep, settings, new ToolResolution(servers(), settings))
                        .nameInPermissions(resource));
    }

    private Collection<McpServer> servers() {
        try {
            return catalogue.servers();
        } catch (RuntimeException e) {
            throw new DecisionUnavailableException(NotLoaded.SERVERS);
        }
    }

    private CompletionStage<List<Outcome>> outcomes(Pep pep, List<EvaluationRequest> requests) {
        return guarded(engine::settings)
                .thenComposeAsync(settings -> decided(pep, requests, settings), executor)
                .exceptionally(failure ->
                        requests.stream().map(request -> unavailable(failure)).toList());
    }

    /** A server that was changed a moment ago is read in another moment: questions about it wait once, the others do not. */
    private CompletionStage<List<Outcome>> decided(Pep pep, List<EvaluationRequest> requests, AccessSettings settings) {
        Map<String, CompletableFuture<TokenLookup>> tokens = new LinkedHashMap<>();
        return guarded(() -> attempted(pep, requests, settings, tokens))
                .exceptionally(failure ->
                        requests.stream().map(request -> unavailable(failure)).toList())
                .thenCompose(outcomes -> outcomes.stream().noneMatch(NotLoaded::is)
                        ? CompletableFuture.completedFuture(outcomes)
                        : guarded(catalogue::settled)
                                .thenComposeAsync(read -> attempted(pep, requests, settings, tokens), executor));
    }

    private CompletionStage<List<Outcome>> attempted(
            Pep pep,
            List<EvaluationRequest> requests,
            AccessSettings settings,
            Map<String, CompletableFuture<TokenLookup>> tokens) {
        ToolStep step = new ToolStep(pep, settings, new ToolResolution(servers(), settings));
        List<Step> before = each(requests, step::beforeToken);
        return introspected(pep, before, tokens)
                .thenComposeAsync(
                        looked -> {
                            List<Step> steps = each(
                                    before,
                                    one -> one instanceof Step.NeedsToken needs
                                            ? step.afterToken(
                                                    needs.request(),
                                                    looked.get(needs.token()).join())
                                            : one);
                            return answered(steps)
                                    .thenApply(answers -> each(
                                            steps,
                                            one -> one instanceof Step.Decided decided
                                                    ? decided.outcome()
                                                    : ((Step.NeedsPermission) one)
                                                            .plan()
                                                            .outcome(answers::get)));
                        },
                        executor);
    }

    /** A loop and no stream: most requests have one question, and each goes through here three times. */
    private static <T, R> List<R> each(List<T> items, Function<T, R> function) {
        List<R> results = new ArrayList<>(items.size());
        for (T item : items) {
            results.add(function.apply(item));
        }
        return Collections.unmodifiableList(results);
    }

    /** Gives the look-ups when all of them are done. */
    private CompletionStage<Map<String, CompletableFuture<TokenLookup>>> introspected(
            Pep pep, List<Step> steps, Map<String, CompletableFuture<TokenLookup>> pending) {
        for (Step step : steps) {
            if (step instanceof Step.NeedsToken needs) {
                pending.computeIfAbsent(
                        needs.token(),
                        token -> TokenLookup.from(guarded(() -> introspector.introspect(token, pep)))
                                .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(pending.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> pending);
    }

    private CompletionStage<Map<EvaluationRequest, PermissionAnswer>> answered(List<Step> steps) {
        Set<EvaluationRequest> distinct = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.NeedsPermission needs) {
                needs.plan().requirements().forEach(requirement -> distinct.addAll(requirement.alternatives()));
            }
        }
        if (distinct.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        List<EvaluationRequest> questions = List.copyOf(distinct);
        return guarded(() -> engine.evaluate(questions))
                .handleAsync(
                        (answers, failure) -> {
                            // An engine that answers fewer or more questions than it was asked may have mixed them up.
                            boolean clear = failure == null && answers != null && answers.size() == questions.size();
                            Map<EvaluationRequest, PermissionAnswer> byQuestion = new LinkedHashMap<>();
                            for (int i = 0; i < questions.size(); i++) {
                                PermissionAnswer answer = clear ? answers.get(i) : null;
                                byQuestion.put(
                                        questions.get(i),
                                        answer == null
                                                ? new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE)
                                                : answer);
                            }
                            return byQuestion;
                        },
                        executor);
    }

    private static void requireFewTokens(Pep pep, List<EvaluationRequest> questions) {
        long tokens = questions.stream()
                .map(question -> Credentials.of(question, pep))
                .filter(Credentials.Token.class::isInstance)
                .distinct()
                .count();
        if (tokens > MAX_TOKENS) {
            throw new MalformedRequestException("The request carries " + tokens + " different access tokens; at most "
                    + MAX_TOKENS + " are allowed.");
        }
    }

    private static Outcome unavailable(Throwable failure) {
        Throwable cause = Failures.unwrapped(failure);
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof DecisionUnavailableException known) {
            return known.outcome();
        }
        return new Outcome.Unavailable(
                ReasonCode.ENGINE_UNAVAILABLE, "The settings of the authorization engine could not be read.");
    }

    private static Decision incomplete(BatchItem.Incomplete item) {
        return new Decision(false, Map.of("error", Map.of("status", 400, "message", item.problem())));
    }

    private void record(Pep pep, EvaluationRequest request, Outcome outcome, long start) {
        EvaluationRequest bare = EvaluationRequest.of(
                Subject.of(request.subject().type(), request.subject().id()),
                Action.of(request.action().name()),
                Resource.of(request.resource().type(), request.resource().id()));
        Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
        try {
            log.record(new DecisionRecord(ids.get(), pep, bare, outcome, elapsed));
        } catch (RuntimeException e) {
            // A log that fails must neither open the door nor take the answer away.
            return;
        }
    }

    private static <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> port) {
        try {
            return Objects.requireNonNull(port.get(), "a port gave no stage");
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
