package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import java.time.Duration;

/**
 * One decision, for the audit and the metrics.
 *
 * @param decisionId unique among all decisions
 * @param pep who asked
 * @param request what was asked, without credentials, without context and properties: they may hold arguments and
 *     personal data
 * @param outcome what was decided
 * @param elapsed how long it took
 */
public record DecisionRecord(
        String decisionId, Pep pep, EvaluationRequest request, Outcome outcome, Duration elapsed) {}
