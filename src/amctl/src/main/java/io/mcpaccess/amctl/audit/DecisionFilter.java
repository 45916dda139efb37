package io.mcpaccess.amctl.audit;

import io.mcpaccess.amctl.audit.AuditedDecision.Verdict;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which decisions somebody wants to see.
 *
 * @param subject what the subject contains; empty for any
 * @param tool what the tool or other resource contains; empty for any
 * @param verdict what came of it
 * @param reason the reason code; empty for any
 */
public record DecisionFilter(String subject, String tool, Optional<Verdict> verdict, String reason)
        implements Predicate<AuditedDecision> {

    /** All of them. */
    public static final DecisionFilter ANY = new DecisionFilter("", "", Optional.empty(), "");

    @Override
    public boolean test(AuditedDecision decision) {
        return decision.subject().contains(subject)
                && decision.resource().contains(tool)
                && verdict.filter(wanted -> wanted != decision.verdict()).isEmpty()
                && (reason.isEmpty() || reason.equals(decision.reason()));
    }
}
