package io.mcpaccess.policy;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiAdapter;
import io.mcpaccess.core.spi.EngineTerms;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Authorization engines as AM gives them: ours, with the SPI, and another's. */
final class Engines {

    private Engines() {}

    /** Our engine; it permits a question such as {@code user:alice tools/call tool:list_invoices} when told so. */
    static Maybe<AuthorizationEngineProvider> ours(Predicate<String> permitted) {
        return ours(
                AccessSettings.DEFAULTS,
                questions -> CompletableFuture.completedFuture(questions.stream()
                        .map(question -> new Decision(permitted.test(text(question)), Map.of()))
                        .toList()));
    }

    /** Our engine with settings of its own. */
    static Maybe<AuthorizationEngineProvider> oursSet(AccessSettings settings, Predicate<String> permitted) {
        return ours(
                settings,
                questions -> CompletableFuture.completedFuture(questions.stream()
                        .map(question -> new Decision(permitted.test(text(question)), Map.of()))
                        .toList()));
    }

    static Maybe<AuthorizationEngineProvider> ours(
            AccessSettings settings, Function<List<EvaluationRequest>, CompletionStage<List<Decision>>> answers) {
        return ours(settings, Optional.empty(), answers);
    }

    /** Our engine as it says its deadline. */
    static Maybe<AuthorizationEngineProvider> ours(
            AccessSettings settings,
            Optional<Duration> deadline,
            Function<List<EvaluationRequest>, CompletionStage<List<Decision>>> answers) {
        return ours(settings, AuditRule.ALL, deadline, answers);
    }

    /** Our engine as it says which decisions are audited. */
    static Maybe<AuthorizationEngineProvider> oursAuditing(AuditRule audits, Predicate<String> permitted) {
        return ours(
                AccessSettings.DEFAULTS,
                audits,
                Optional.empty(),
                questions -> CompletableFuture.completedFuture(questions.stream()
                        .map(question -> new Decision(permitted.test(text(question)), Map.of()))
                        .toList()));
    }

    private static Maybe<AuthorizationEngineProvider> ours(
            AccessSettings settings,
            AuditRule audits,
            Optional<Duration> deadline,
            Function<List<EvaluationRequest>, CompletionStage<List<Decision>>> answers) {
        EngineOperations operations = mock(EngineOperations.class);
        when(operations.terms())
                .thenReturn(CompletableFuture.completedFuture(new EngineTerms(settings, audits, deadline)));
        when(operations.evaluations(any())).thenAnswer(call -> answers.apply(call.getArgument(0)));
        EngineSpiAdapter adapter = new EngineSpiAdapter(operations);
        AuthorizationEngineProvider provider =
                mock(AuthorizationEngineProvider.class, withSettings().extraInterfaces(BiFunction.class));
        @SuppressWarnings("unchecked")
        BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> function =
                (BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>>) provider;
        when(function.apply(any(), any())).thenAnswer(call -> adapter.apply(call.getArgument(0), call.getArgument(1)));
        return Maybe.just(provider);
    }

    /** An engine of somebody else: one check a question. */
    static Maybe<AuthorizationEngineProvider> another(
            Function<AuthorizationEngineRequest, Single<AuthorizationEngineResponse>> check) {
        AuthorizationEngineProvider provider = mock(AuthorizationEngineProvider.class);
        when(provider.check(any())).thenAnswer(call -> check.apply(call.getArgument(0)));
        return Maybe.just(provider);
    }

    static String text(EvaluationRequest question) {
        return question.subject().type() + ":" + question.subject().id() + " "
                + question.action().name() + " " + question.resource().type() + ":"
                + question.resource().id();
    }
}
