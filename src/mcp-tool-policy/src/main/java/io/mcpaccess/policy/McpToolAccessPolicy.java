package io.mcpaccess.policy;

import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.annotations.OnRequest;
import io.mcpaccess.policy.am.AmRequests;
import io.mcpaccess.policy.am.DoubtException;
import io.mcpaccess.policy.am.Place;
import io.mcpaccess.policy.am.PolicySettings;
import io.mcpaccess.policy.am.StepEnd;
import io.mcpaccess.policy.am.StepRun;
import io.mcpaccess.policy.consent.ConsentStep;
import io.mcpaccess.policy.token.TokenRun;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy {@code mcp-tool-access}, one step for two flows of AM. At TOKEN, before the token is made, it asks the
 * domain's authorization engine about the tools behind the requested scopes and observes, refuses or narrows. At
 * CONSENT, before the page, it gives the page the tools' names, and after it remembers which tools were approved.
 *
 * <p>AM makes one instance a step and calls it from its event loops. AM drops a policy whose constructor throws and hangs
 * when a step does not end, so the constructor never throws, and each run ends exactly once and within its timeout.
 */
public class McpToolAccessPolicy {

    private static final Logger LOGGER = LoggerFactory.getLogger(McpToolAccessPolicy.class);

    private final Supplier<PolicySettings> settings;
    private final AmRequests requests = new AmRequests();
    private final Clock clock;
    private final IntUnaryOperator random;

    /**
     * For AM. Wrong settings are told here, in the gateway's log, and close every run.
     *
     * @param configuration the step's settings, {@code null} where it has none
     */
    public McpToolAccessPolicy(McpToolAccessConfiguration configuration) {
        this(
                configuration,
                Clock.systemUTC(),
                bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    McpToolAccessPolicy(McpToolAccessConfiguration configuration, Clock clock, IntUnaryOperator random) {
        this.settings = judged(configuration);
        this.clock = clock;
        this.random = random;
    }

    /** AM drops a policy whose constructor throws, and the step is then skipped. */
    private static Supplier<PolicySettings> judged(McpToolAccessConfiguration configuration) {
        try {
            PolicySettings right =
                    configuration == null ? PolicySettings.read(Map.of(), Set.of()) : configuration.settings();
            return () -> right;
        } catch (RuntimeException e) {
            String wrong = e instanceof IllegalArgumentException
                    ? e.getMessage()
                    : e.getClass().getName();
            LOGGER.error(
                    "MCP tool access has a wrong setting and refuses every token until it is mended in the flow: {}",
                    wrong);
            return () -> {
                throw new DoubtException("settings_invalid", wrong);
            };
        }
    }

    /**
     * Runs the step; AM calls it for steps before and after.
     *
     * @param request AM's {@code OAuth2Request} at TOKEN, the browser's request at CONSENT
     * @param response handed on
     * @param context the flow's attributes and the domain's beans
     * @param chain called exactly once, later and on the same Vert.x context where the engine is asked
     */
    @OnRequest
    public void onRequest(Request request, Response response, ExecutionContext context, PolicyChain chain) {
        StepEnd end = new StepEnd(chain, request, response);
        Supplier<StepRun> run = () -> new StepRun(requests, request, context, settings.get(), clock, random);
        end.orRefuse(() -> {
            switch (Place.of(request, context)) {
                case TOKEN -> new TokenRun(run.get(), end).start();
                case CONSENT_PAGE -> atConsent(run.get(), end, ConsentStep::describe);
                case CONSENT_ANSWER -> atConsent(run.get(), end, ConsentStep::remember);
                case ELSEWHERE -> end.next();
            }
        });
    }

    /** Consent is AM's decision: whatever goes wrong here, AM's page lists the scopes and takes the answer. */
    private static void atConsent(StepRun run, StepEnd end, Function<ConsentStep, Completable> what) {
        Disposable unused = Completable.defer(() -> what.apply(new ConsentStep(run)))
                .timeout(run.settings().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .subscribe(end::next, problem -> {
                    LOGGER.warn("The consent page was served without the tools behind its scopes", problem);
                    end.next();
                });
    }
}
