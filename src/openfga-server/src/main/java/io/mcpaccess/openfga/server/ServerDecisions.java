package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PermissionQuestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Checks, one by one and in batches. Their futures never fail. */
final class ServerDecisions {

    /** What OpenFGA takes in one request (its option {@code max-checks-per-batch-check}). */
    private static final int CHUNK = 50;

    private final Connection connection;
    private final DecisionCalls requests;

    ServerDecisions(Connection connection) {
        this.connection = connection;
        this.requests = new DecisionCalls(connection);
    }

    CompletableFuture<CheckResult> check(PermissionQuestion question, CallContext call) {
        Budget budget = connection.decisionBudget();
        return onModel(model -> check(model, budget, question, call), this::answerTo);
    }

    /**
     * As {@link #check(PermissionQuestion, CallContext)}, by a model already looked up.
     *
     * @param model the model that decides
     * @param budget what is left of the deadline
     */
    CompletableFuture<CheckResult> check(String model, Budget budget, PermissionQuestion question, CallContext call) {
        return connection.calls().read(budget, call, requests.check(model, question), this::answerTo);
    }

    CompletableFuture<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call) {
        if (questions.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Budget budget = connection.decisionBudget();
        return onModel(
                model -> checkAll(model, budget, questions, call),
                thrown -> Collections.nCopies(questions.size(), answerTo(thrown)));
    }

    /**
     * As {@link #checkAll(List, CallContext)}, by a model already looked up.
     *
     * @param model the model that decides
     * @param budget what is left of the deadline
     */
    CompletableFuture<List<CheckResult>> checkAll(
            String model, Budget budget, List<PermissionQuestion> questions, CallContext call) {
        if (questions.size() == 1) {
            return check(model, budget, questions.get(0), call).thenApply(List::of);
        }
        CheckResult[] results = new CheckResult[questions.size()];
        CompletableFuture<?>[] chunks = chunks(questions).stream()
                .map(chunk -> chunk.places.length == 1
                        ? askAlone(chunk.places[0], questions, results, model, budget, call)
                        : ask(chunk, questions, results, model, budget, call))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(chunks).thenApply(done -> List.of(results));
    }

    /**
     * Finds the model that decides and does the work with it. Looking one up has a decision's time at the most; the work has what is
     * left of it.
     *
     * @param orElse what is answered where the model is not known
     */
    <T> CompletableFuture<T> onModel(Function<String, CompletableFuture<T>> work, Function<Throwable, T> orElse) {
        CompletableFuture<String> model = connection.model().id();
        return model.isDone() && !model.isCompletedExceptionally()
                ? work.apply(model.join())
                : model.thenCompose(work).exceptionally(orElse);
    }

    /** A batch of one costs OpenFGA more than a check. */
    private CompletableFuture<Void> askAlone(
            int place,
            List<PermissionQuestion> questions,
            CheckResult[] results,
            String model,
            Budget budget,
            CallContext call) {
        return check(model, budget, questions.get(place), call).thenAccept(result -> results[place] = result);
    }

    private CompletableFuture<Void> ask(
            Chunk chunk,
            List<PermissionQuestion> questions,
            CheckResult[] results,
            String model,
            Budget budget,
            CallContext call) {
        return connection
                .calls()
                .read(
                        budget,
                        call,
                        requests.batch(model, questions, chunk.places, chunk.higherConsistency),
                        failure -> {
                            CheckResult[] none = new CheckResult[chunk.places.length];
                            Arrays.fill(none, answerTo(failure));
                            return none;
                        })
                .thenAccept(answers -> {
                    for (int i = 0; i < chunk.places.length; i++) {
                        results[chunk.places[i]] = answers[i];
                    }
                });
    }

    /** What a question is answered whose model or check failed. */
    CheckResult answerTo(Throwable thrown) {
        ServerFailure failure = connection.failures().of(thrown);
        if (Answers.saysThatThereIsNoModel(failure)) {
            connection.model().forget();
        }
        return Answers.of(failure);
    }

    /** Consistency is said per request: questions that need the higher one travel apart. */
    private List<Chunk> chunks(List<PermissionQuestion> questions) {
        List<Integer> usual = new ArrayList<>();
        List<Integer> higher = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            String relation = questions.get(i).tuple().relation();
            (connection.settings().needsHigherConsistency(relation) ? higher : usual).add(i);
        }
        List<Chunk> chunks = new ArrayList<>();
        split(usual, false, chunks);
        split(higher, true, chunks);
        return chunks;
    }

    private static void split(List<Integer> places, boolean higherConsistency, List<Chunk> chunks) {
        for (int from = 0; from < places.size(); from += CHUNK) {
            int[] part = places.subList(from, Math.min(places.size(), from + CHUNK)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            chunks.add(new Chunk(part, higherConsistency));
        }
    }

    /** Questions that travel together, by their places in the whole list. */
    private record Chunk(int[] places, boolean higherConsistency) {}
}
