package io.mcpaccess.policy.token;

import io.mcpaccess.policy.am.DoubtException;
import io.mcpaccess.policy.am.PolicySettings.Mode;
import io.mcpaccess.policy.am.Refusal;
import io.mcpaccess.policy.am.RequestedTools.Verdict;
import io.mcpaccess.policy.am.StepEnd;
import io.mcpaccess.policy.am.StepRun;
import io.mcpaccess.policy.token.TokenStep.Finding;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run at TOKEN: what was found out becomes a token, a narrower one or a refusal, by the step's mode, and is audited. */
public final class TokenRun {

    /** Attribute of the flow: keys of the tools that the user may call with this token, for custom claims. */
    static final String CALLABLE_TOOLS = "mcp_tools";

    private static final Logger LOGGER = LoggerFactory.getLogger(TokenRun.class);

    private final StepRun run;
    private final StepEnd end;
    private final TokenStep step;
    private final TokenAudit audit;

    /**
     * A run.
     *
     * @param run the request
     * @param end called exactly once, later where the engine is asked
     */
    public TokenRun(StepRun run, StepEnd end) {
        this.run = run;
        this.end = end;
        this.step = new TokenStep(run);
        this.audit = new TokenAudit(run);
    }

    /** Runs it. */
    public void start() {
        try {
            if (!step.concernsTools()) {
                end.next();
                return;
            }
        } catch (RuntimeException e) {
            doubted(e);
            return;
        }
        // RxJava swallows what a last consumer throws, and AM would wait for ever.
        Disposable unused = step.find()
                .subscribe(
                        finding -> end.orRefuse(() -> found(finding)), problem -> end.orRefuse(() -> doubted(problem)));
    }

    private void found(Finding finding) {
        Verdict verdict = finding.verdict();
        boolean nothingUseless = verdict.useless().isEmpty();
        Mode mode = run.settings().mode();
        boolean observes = mode == Mode.OBSERVE;
        if (!nothingUseless
                && !observes
                && (mode == Mode.REJECT || verdict.granted().isEmpty())) {
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
            run.context().setAttribute(CALLABLE_TOOLS, verdict.callable());
        });
    }

    private void doubted(Throwable problem) {
        DoubtException doubt = DoubtException.of(problem);
        boolean observes = run.settings().mode() == Mode.OBSERVE;
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
}
