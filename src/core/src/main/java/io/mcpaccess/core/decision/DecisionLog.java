package io.mcpaccess.core.decision;

/**
 * Port to the audit and the metrics. Called exactly once a decision, on every path. Implementations neither block nor
 * throw; the pipeline holds the door shut even where one does.
 */
@FunctionalInterface
public interface DecisionLog {

    /**
     * Takes a decision down.
     *
     * @param decision the decision
     */
    void record(DecisionRecord decision);
}
