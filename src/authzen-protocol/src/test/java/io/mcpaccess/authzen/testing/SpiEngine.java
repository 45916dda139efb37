package io.mcpaccess.authzen.testing;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.common.service.AbstractService;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiAdapter;
import io.mcpaccess.core.spi.EngineTerms;
import io.mcpaccess.core.spi.SearchPage;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** An engine of ours as AM hands it out, over permissions written {@code user:alice can_call tool:pay}. */
public final class SpiEngine extends AbstractService<AuthorizationEngineProvider>
        implements AuthorizationEngineProvider,
                BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>>,
                EngineOperations {

    private static final Set<String> ALL = Set.of(SEARCH_SUBJECT, SEARCH_RESOURCE, SEARCH_ACTION);

    public final Set<String> permissions = new ConcurrentSkipListSet<>();
    public final List<EvaluationRequest> asked = new CopyOnWriteArrayList<>();
    public volatile Set<String> offered = ALL;
    public volatile AccessSettings settings = AccessSettings.DEFAULTS;
    public volatile AuditRule audits = AuditRule.ALL;
    public volatile boolean down;
    public volatile boolean remembers;
    public volatile Optional<Duration> deadline = Optional.empty();
    public volatile Duration delay = Duration.ZERO;

    /** As if it were new. */
    public void reset() {
        permissions.clear();
        asked.clear();
        offered = ALL;
        settings = AccessSettings.DEFAULTS;
        audits = AuditRule.ALL;
        down = false;
        remembers = false;
        deadline = Optional.empty();
        delay = Duration.ZERO;
    }

    @Override
    public CompletionStage<Map<String, Object>> apply(String operation, Map<String, Object> input) {
        return new EngineSpiAdapter(this).apply(operation, input);
    }

    @Override
    public Single<AuthorizationEngineResponse> check(AuthorizationEngineRequest request) {
        return Single.error(new AssertionError("the SPI is there to be used"));
    }

    @Override
    public CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> questions) {
        asked.addAll(questions);
        return answer(() -> {
            List<Decision> decisions = new ArrayList<>();
            for (EvaluationRequest question : questions) {
                boolean held = permissions.contains(question.toString());
                String reason = held ? "permitted" : "permission_denied";
                decisions.add(new Decision(
                        held,
                        remembers ? Map.of("reason_code", reason, "remembered", true) : Map.of("reason_code", reason)));
            }
            return decisions;
        });
    }

    @Override
    public CompletionStage<EngineTerms> terms() {
        return CompletableFuture.completedFuture(new EngineTerms(settings, audits, deadline));
    }

    @Override
    public CompletionStage<Set<String>> offered() {
        return CompletableFuture.completedFuture(offered);
    }

    @Override
    public CompletionStage<SearchPage> searchSubjects(
            String subjectType, Action action, Resource resource, Map<String, Object> context) {
        return found(subjectType + ":", " " + action + " " + resource, each -> Map.of("type", subjectType, "id", each));
    }

    @Override
    public CompletionStage<SearchPage> searchResources(
            Subject subject, Action action, String resourceType, Map<String, Object> context) {
        return found(
                subject + " " + action + " " + resourceType + ":",
                "",
                each -> Map.of("type", resourceType, "id", each));
    }

    @Override
    public CompletionStage<SearchPage> searchActions(Subject subject, Resource resource, Map<String, Object> context) {
        return found(subject + " ", " " + resource, each -> Map.of("name", each));
    }

    @Override
    public CompletionStage<Map<String, Object>> explain(EvaluationRequest question) {
        return CompletableFuture.completedFuture(Map.of());
    }

    private CompletionStage<SearchPage> found(
            String prefix, String suffix, Function<String, Map<String, Object>> entity) {
        return answer(() -> {
            Collection<Map<String, Object>> found = new ArrayList<>();
            for (String permission : new TreeSet<>(permissions).descendingSet()) {
                if (permission.startsWith(prefix) && permission.endsWith(suffix)) {
                    found.add(
                            entity.apply(permission.substring(prefix.length(), permission.length() - suffix.length())));
                }
            }
            return new SearchPage(List.copyOf(found), false, Map.of());
        });
    }

    private <T> CompletionStage<T> answer(Supplier<T> answer) {
        if (down) {
            return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
        }
        return delay.isZero()
                ? CompletableFuture.completedFuture(answer.get())
                : CompletableFuture.supplyAsync(
                        answer, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }
}
