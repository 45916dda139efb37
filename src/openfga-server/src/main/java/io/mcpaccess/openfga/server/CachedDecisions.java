package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PermissionQuestion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Decisions with a {@link DecisionCache} in front. Relations that need higher consistency and questions with contextual
 * tuples pass it by.
 */
final class CachedDecisions {

    private final Connection connection;
    private final ServerDecisions decisions;
    private final DecisionCache cache;
    private final CacheKeys keys;
    private final ServerObserver observer;

    CachedDecisions(Connection connection, ServerDecisions decisions, DecisionCache cache, ServerObserver observer) {
        this.connection = connection;
        this.decisions = decisions;
        this.cache = cache;
        this.keys = new CacheKeys(connection.settings().storeId());
        this.observer = observer;
    }

    CompletableFuture<CheckResult> check(PermissionQuestion question, CallContext call) {
        return checkAll(List.of(question), call).thenApply(results -> results.get(0));
    }

    /** One deadline for model and checks, and one model for keys and questions. */
    CompletableFuture<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call) {
        Budget budget = connection.decisionBudget();
        return decisions.onModel(
                model -> checkAll(model, budget, questions, call),
                thrown -> Collections.nCopies(questions.size(), decisions.answerTo(thrown)));
    }

    private CompletableFuture<List<CheckResult>> checkAll(
            String model, Budget budget, List<PermissionQuestion> questions, CallContext call) {
        List<CompletableFuture<CheckResult>> answers = new ArrayList<>(questions.size());
        List<Miss> misses = new ArrayList<>();
        for (PermissionQuestion question : questions) {
            answers.add(answer(model, question, misses));
        }
        if (!misses.isEmpty()) {
            ask(model, budget, misses, call);
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<CheckResult> answer(String model, PermissionQuestion question, List<Miss> misses) {
        Optional<ByteBuffer> key =
                connection.settings().needsHigherConsistency(question.tuple().relation())
                        ? Optional.empty()
                        : keys.of(model, question);
        if (key.isEmpty()) {
            CompletableFuture<CheckResult> answer = new CompletableFuture<>();
            misses.add(new Miss(question, answer::complete));
            return answer;
        }
        Optional<CheckResult> known = cache.find(key.get());
        observer.cacheAsked(known.isPresent());
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        DecisionCache.InFlightCall call = cache.join(key.get());
        if (call.mustAsk()) {
            misses.add(new Miss(question, result -> cache.finish(key.get(), call, result)));
        }
        return call.answer();
    }

    private void ask(String model, Budget budget, List<Miss> misses, CallContext call) {
        if (misses.size() == 1) {
            decisions
                    .check(model, budget, misses.get(0).question(), call)
                    .thenAccept(misses.get(0).answer()::accept);
            return;
        }
        decisions
                .checkAll(model, budget, misses.stream().map(Miss::question).toList(), call)
                .whenComplete((results, thrown) -> {
                    for (int i = 0; i < misses.size(); i++) {
                        misses.get(i).answer().accept(thrown == null ? results.get(i) : decisions.answerTo(thrown));
                    }
                });
    }

    /** A question that has to be asked, and who waits for its answer. */
    private record Miss(PermissionQuestion question, Consumer<CheckResult> answer) {}
}
