package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.decision.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decisions as AuthZEN 1.0 answers them (sections 5.5, 6.2, 7.2). */
final class DecisionJson {

    private DecisionJson() {}

    /**
     * The answer to one question. A denial is a 200; where nothing could be decided it is a 503, whose body is a decision
     * too: {@code false}, with the reason code.
     */
    static Answer answer(Outcome outcome) {
        return Answer.json(
                outcome instanceof Outcome.Unavailable ? 503 : 200, AnswerJson.write(json(outcome.toDecision())));
    }

    /** The answer to a batch: the processed items in order, failures among them ({@code context.error}). */
    static Answer answer(List<Decision> decisions) {
        return Answer.json(
                200,
                AnswerJson.write(Map.of(
                        "evaluations",
                        decisions.stream().map(DecisionJson::json).toList())));
    }

    private static Map<String, Object> json(Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decision", decision.decision());
        if (!decision.context().isEmpty()) {
            json.put("context", decision.context());
        }
        return json;
    }
}
