package io.mcpaccess.amctl.calltest;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.core.decision.ConditionClock.Precedence;
import io.mcpaccess.core.decision.DecisionPipeline;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.decision.TokenState;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.backend.BackendAnswers;
import io.mcpaccess.openfga.embedded.explain.Explainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One call on its way through the decision pipeline, with an MCP server that asks, a token, and a store in this process. */
final class CallRun implements PermissionEngine {

    /** A build machine is slow at times: what is found wrong here shall be the permissions. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MOST_EXPLAINED = 3;

    private final List<McpServer> servers;
    private final AccessSettings settings;
    private final StoreView store;
    private final ExpectedCall call;
    private final CheckMapping mapping;
    private final List<CheckRequest> notHeld = new ArrayList<>();
    private final List<CheckRequest> held = new ArrayList<>();

    CallRun(List<McpServer> servers, AccessSettings settings, StoreView store, ExpectedCall call) {
        this.servers = servers;
        this.settings = settings;
        this.store = store;
        this.call = call;
        ConditionClock clock = call.time()
                .map(time -> new ConditionClock(() -> true, () -> time, Precedence.ENGINE))
                .orElse(ConditionClock.none());
        this.mapping = new CheckMapping(CheckMapping.DEFAULT_ALIASES, clock);
    }

    /** What comes of it; for one use. */
    Outcome outcome() {
        TokenState token = CallToken.of(call, settings);
        DecisionPipeline pipeline = new DecisionPipeline(
                () -> servers,
                (presented, pep) -> CompletableFuture.completedFuture(token),
                this,
                decision -> {},
                () -> "test",
                System::nanoTime);
        Map<String, Object> context = new LinkedHashMap<>(call.arguments());
        context.put("access_token", "test");
        EvaluationRequest request = new EvaluationRequest(
                Subject.of(call.type(), call.id()),
                Action.of("tools/call"),
                Resource.of(settings.toolObject().type(), call.tool()),
                context);
        return pipeline.decide(new Pep(call.server().clientId(), Pep.Kind.MCP_SERVER), request)
                .toCompletableFuture()
                .join();
    }

    @Override
    public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
        return CompletableFuture.completedFuture(
                questions.stream().map(this::answer).toList());
    }

    @Override
    public CompletionStage<AccessSettings> settings() {
        return CompletableFuture.completedFuture(settings);
    }

    private PermissionAnswer answer(EvaluationRequest question) {
        PermissionQuestion check;
        try {
            check = mapping.map(question);
        } catch (InvalidIdentifierException e) {
            return new PermissionAnswer.NotHeld(ReasonCode.INVALID_IDENTIFIER);
        }
        CheckRequest request = new CheckRequest(check.tuple(), check.context(), List.of());
        CheckResult result = BackendAnswers.result(store.check(request, LIMIT));
        (result.isAllowed() ? held : notHeld).add(request);
        return PermissionAnswer.of(new Decision(result.isAllowed(), Map.of(Outcome.REASON_CODE, result.reasonCode())));
    }

    /** Why it came to that: what the token lacks, or which tuples and rules lead to the store's answers. */
    String why(Outcome outcome) {
        StringBuilder why = new StringBuilder();
        if (outcome instanceof Outcome.Refused refused) {
            new TreeMap<>(refused.advice())
                    .forEach((name, value) -> why.append(name.replace('_', ' '))
                            .append(": ")
                            .append(value instanceof List<?> list ? String.join(", ", texts(list)) : value)
                            .append('\n'));
        }
        boolean isPermitted = outcome instanceof Outcome.Permitted;
        (isPermitted ? held : notHeld)
                .stream()
                        .limit(MOST_EXPLAINED)
                        .map(each -> new Explainer()
                                .explain(store, each, Explainer.TIME_LIMIT)
                                .toText())
                        .forEach(why::append);
        return why.isEmpty() ? "no permission was asked for\n" : why.toString();
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }
}
