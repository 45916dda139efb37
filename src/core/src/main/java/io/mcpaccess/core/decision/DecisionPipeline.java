package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.openfga.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private final PermissionRound permissions;
    private final DecisionJournal journal;
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
        this.journal = new DecisionJournal(Objects.requireNonNull(log, "log"), Objects.requireNonNull(ids, "ids"));
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.permissions = new PermissionRound(engine, executor);
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
        return Ports.called(engine::settings)
                .thenComposeAsync(settings -> decidedAlone(pep, request, settings), executor)
                .handle((outcome, failure) -> {
                    Outcome known = failure == null ? outcome : unavailable(failure);
                    record(pep, request, known, start);
                    return known;
                });
    }

    /** A server that was changed a moment ago is read in another moment: a question about it waits once. */
    private CompletionStage<Outcome> decidedAlone(Pep pep, EvaluationRequest request, AccessSettings settings) {
        TokenIntrospector once = new TokenLookups(introspector, pep);
        CompletableFuture<Outcome> first =
                attempted(pep, request, settings, once).toCompletableFuture();
        if (first.isDone() && !first.isCompletedExceptionally() && !NotLoaded.is(first.join())) {
            return first;
        }
        return first.exceptionally(DecisionPipeline::unavailable)
                .thenCompose(outcome -> NotLoaded.is(outcome)
                        ? Ports.called(catalogue::settled)
                                .thenComposeAsync(read -> attempted(pep, request, settings, once), executor)
                        : CompletableFuture.completedFuture(outcome));
    }

    private CompletionStage<Outcome> attempted(
            Pep pep, EvaluationRequest request, AccessSettings settings, TokenIntrospector once) {
        return Ports.called(() -> new OneQuestion(
                        request,
                        new ToolStep(pep, settings, new ToolResolution(servers(), settings)),
                        once,
                        pep,
                        permissions,
                        executor)
                .decide());
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
        BatchQuestions batch = BatchQuestions.of(items, pep);
        return outcomes(pep, batch.questions()).thenApply(outcomes -> {
            List<Decision> answered = batch.answered(outcomes, semantic);
            List<EvaluationRequest> covered = batch.within(answered.size());
            for (int i = 0; i < covered.size(); i++) {
                record(pep, covered.get(i), outcomes.get(i), start);
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
        return Ports.called(engine::settings).thenApply(settings -> ToolStep.refusal(pep, settings));
    }

    /**
     * How permissions name a resource that a caller searches about.
     *
     * @param pep who asks
     * @param resource the resource as the caller names it
     * @return the resource as the engine knows it, or nothing where the caller has no answer to expect about it
     */
    public CompletionStage<Optional<Resource>> nameInPermissions(Pep pep, Resource resource) {
        return Ports.called(engine::settings)
                .thenCompose(settings -> Ports.called(catalogue::settled).thenApply(read -> settings))
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
        return Ports.called(engine::settings)
                .thenComposeAsync(settings -> decided(pep, requests, settings), executor)
                .exceptionally(failure ->
                        requests.stream().map(request -> unavailable(failure)).toList());
    }

    /** A server that was changed a moment ago is read in another moment: questions about it wait once, the others do not. */
    private CompletionStage<List<Outcome>> decided(Pep pep, List<EvaluationRequest> requests, AccessSettings settings) {
        TokenLookups tokens = new TokenLookups(introspector, pep);
        return Ports.called(() -> attempted(pep, requests, settings, tokens))
                .exceptionally(failure ->
                        requests.stream().map(request -> unavailable(failure)).toList())
                .thenCompose(outcomes -> outcomes.stream().noneMatch(NotLoaded::is)
                        ? CompletableFuture.completedFuture(outcomes)
                        : Ports.called(catalogue::settled)
                                .thenComposeAsync(read -> attempted(pep, requests, settings, tokens), executor));
    }

    private CompletionStage<List<Outcome>> attempted(
            Pep pep, List<EvaluationRequest> requests, AccessSettings settings, TokenLookups tokens) {
        ToolStep step = new ToolStep(pep, settings, new ToolResolution(servers(), settings));
        List<Step> before = each(requests, step::beforeToken);
        return tokens.of(before)
                .thenComposeAsync(
                        looked -> {
                            List<Step> steps = each(
                                    before,
                                    one -> one instanceof Step.NeedsToken needs
                                            ? step.afterToken(needs.request(), tokens.ended(needs))
                                            : one);
                            return permissions
                                    .answers(steps)
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

    private void record(Pep pep, EvaluationRequest request, Outcome outcome, long start) {
        journal.record(pep, request, outcome, Duration.ofNanos(nanoTime.getAsLong() - start));
    }
}
