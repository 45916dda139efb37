package io.mcpaccess.registry.map;

import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Why an engine refuses, added to the rows of a map that it refused.
 *
 * @param explainer says why the store answers as it does
 */
record RefusalReasons(EngineView.Explainer explainer) {

    private static final int MOST_EXPLAINED = 20;

    /** The first refusals by the engine, explained all at once: each may take the engine two seconds. */
    List<ToolDecision> added(List<ToolDecision> rows, List<Optional<PermissionQuestion>> asked) {
        Map<Integer, CompletionStage<String>> reasons = new LinkedHashMap<>();
        for (int i = 0; i < rows.size() && reasons.size() < MOST_EXPLAINED; i++) {
            boolean byEngine =
                    !ReasonCode.TOOL_AMBIGUOUS.wireName().equals(rows.get(i).reasonCode());
            if (!rows.get(i).decision() && byEngine && asked.get(i).isPresent()) {
                reasons.put(
                        i, explainer.explain(asked.get(i).get()).thenApply(json -> String.valueOf(json.get("text"))));
            }
        }
        List<ToolDecision> explained = new ArrayList<>(rows);
        reasons.forEach((row, reason) -> explained.set(row, rows.get(row).because(text(reason))));
        return explained;
    }

    private static Optional<String> text(CompletionStage<String> reason) {
        try {
            return Optional.of(EngineAnswers.get(reason));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}
