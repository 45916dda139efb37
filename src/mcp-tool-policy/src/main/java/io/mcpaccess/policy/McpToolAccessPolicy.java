package io.mcpaccess.policy;

import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.annotations.OnRequest;
import io.mcpaccess.policy.PolicySettings.Mode;
import io.mcpaccess.policy.RequestedTools.Verdict;
import io.mcpaccess.policy.TokenStep.Finding;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

    /** Attribute of the flow: keys of the tools that the user may call with this token, for custom claims. */
    static final String CALLABLE_TOOLS = "mcp_tools";

    private static final Logger LOGGER = LoggerFactory.getLogger(McpToolAccessPolicy.class);

    private final Supplier<PolicySettings> settings;
    private final AmRequests requests = new AmRequests();
    private final Clock clock;

    /**
     * For AM. Wrong settings are told here, in the gateway's log, and close every run.
     *
     * @param configuration the step's settings, {@code null} where it has none
     */
    public McpToolAccessPolicy(McpToolAccessConfiguration configuration) {
        this(configuration, Clock.systemUTC());
    }

    McpToolAccessPolicy(McpToolAccessConfiguration configuration, Clock clock) {
        this.settings = judged(configuration);
        this.clock = clock;
    }

    /** AM drops a policy whose constructor throws, and the step is then skipped. */
    private static Supplier<PolicySettings> judged(McpToolAccessConfiguration configuration) {
        try {
            PolicySettings right = PolicySettings.read(configuration);
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
        endingOn(end, () -> {
            switch (Place.of(request, context)) {
                case TOKEN -> atToken(request, context, end);
                case CONSENT_PAGE -> atConsent(context, end, ConsentStep::describe);
                case CONSENT_ANSWER -> atConsent(context, end, step -> step.remember(request));
                case ELSEWHERE -> end.next();
            }
        });
    }

    private void atToken(Request request, ExecutionContext context, StepEnd end) {
        PolicySettings settings = this.settings.get();
        TokenStep step = new TokenStep(requests, settings, request, context, clock);
        TokenAudit audit = new TokenAudit(context, settings);
        try {
            if (!step.concernsTools()) {
                end.next();
                return;
            }
        } catch (RuntimeException e) {
            doubted(e, step, settings, audit, end);
            return;
        }
        Disposable unused = step.find()
                .subscribe(
                        finding -> endingOn(end, () -> found(finding, step, context, settings, audit, end)),
                        problem -> endingOn(end, () -> doubted(problem, step, settings, audit, end)));
    }

    /** RxJava swallows what a last consumer throws, and AM would wait for ever. */
    private static void endingOn(StepEnd end, Runnable last) {
        try {
            last.run();
        } catch (DoubtException e) {
            LOGGER.warn("MCP tool access refuses: {}", e.getMessage());
            end.refuse(Refusal.DOUBT);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("MCP tool access refuses: the step failed", e);
            end.refuse(Refusal.DOUBT);
        }
    }

    private static void found(
            Finding finding,
            TokenStep step,
            ExecutionContext context,
            PolicySettings settings,
            TokenAudit audit,
            StepEnd end) {
        Verdict verdict = finding.verdict();
        boolean nothingUseless = verdict.useless().isEmpty();
        boolean observes = settings.mode() == Mode.OBSERVE;
        if (!nothingUseless
                && !observes
                && (settings.mode() == Mode.REJECT || verdict.granted().isEmpty())) {
            audit.found(finding, "refused");
            end.refuse(Refusal.NO_CALLABLE_TOOL);
            return;
        }
        Set<String> left = observes ? finding.requested() : verdict.granted();
        boolean changed =
                !finding.stale().isEmpty() || left.size() < finding.requested().size();
        audit.found(finding, changed ? "narrowed" : nothingUseless ? "passed" : "observed");
        end.next(() -> {
            if (changed) {
                step.narrow(left);
            }
            context.setAttribute(CALLABLE_TOOLS, verdict.callable());
        });
    }

    private static void doubted(
            Throwable problem, TokenStep step, PolicySettings settings, TokenAudit audit, StepEnd end) {
        DoubtException doubt = DoubtException.of(problem);
        boolean observes = settings.mode() == Mode.OBSERVE;
        LOGGER.warn(
                "MCP tool access could not decide about a token ({}: {}), which is {}",
                doubt.reason(),
                doubt.getMessage(),
                observes ? "passed, as the step observes" : "refused");
        audit.doubted(doubt, observes ? "observed" : "refused");
        if (observes && doubt.stale().isEmpty()) {
            end.next();
        } else if (observes) {
            end.next(() -> step.leaveOut(doubt.stale()));
        } else {
            end.refuse(Refusal.DOUBT);
        }
    }

    /** Consent is AM's decision: whatever goes wrong here, AM's page lists the scopes and takes the answer. */
    private void atConsent(ExecutionContext context, StepEnd end, Function<ConsentStep, Completable> what) {
        PolicySettings settings = this.settings.get();
        Disposable unused = Completable.defer(() -> what.apply(new ConsentStep(requests, settings, context, clock)))
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .subscribe(end::next, problem -> {
                    LOGGER.warn("The consent page was served without the tools behind its scopes", problem);
                    end.next();
                });
    }
}
