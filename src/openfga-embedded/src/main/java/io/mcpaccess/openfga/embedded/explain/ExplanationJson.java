package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.model.ModelLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Explanations as JSON. */
final class ExplanationJson {

    private ExplanationJson() {}

    static Map<String, Object> write(Explanation explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("question", key(explanation.question()));
        json.put("answer", name(explanation.answer()));
        explanation
                .error()
                .ifPresent(
                        error -> json.put("error", Map.of("code", error.code().text(), "message", error.message())));
        switch (explanation.answer()) {
            case ALLOW -> json.put("path", steps(explanation.path()));
            case DENY, ERROR -> {
                json.put(
                        "missing",
                        explanation.missing().stream()
                                .map(tuples -> tuples.stream()
                                        .map(ExplanationJson::tuple)
                                        .toList())
                                .toList());
                json.put(
                        "conditions",
                        explanation.conditions().stream()
                                .map(ExplanationJson::condition)
                                .toList());
                json.put(
                        "blocked",
                        explanation.blocked().stream()
                                .map(ExplanationJson::blocked)
                                .toList());
            }
            default -> throw new IllegalStateException("no such answer: " + explanation.answer());
        }
        json.put("complete", explanation.complete());
        json.put("text", explanation.toText());
        json.put("svg", explanation.toSvg());
        return json;
    }

    private static List<Map<String, Object>> steps(List<ProofStep> steps) {
        return steps.stream().map(ExplanationJson::step).toList();
    }

    private static Map<String, Object> step(ProofStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", step.level());
        json.put("kind", name(step.kind()));
        json.put("text", step.text());
        step.tuple().ifPresent(tuple -> json.put("tuple", tuple(tuple)));
        putLine(json, step.line());
        return json;
    }

    private static Map<String, Object> condition(FailedCondition failed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("condition", failed.condition());
        json.put("problem", name(failed.problem()));
        json.put("parameters", failed.parameters());
        failed.expired().ifPresent(end -> json.put("expired_at", end.toString()));
        json.put("tuple", tuple(failed.tuple()));
        putLine(json, failed.line());
        return json;
    }

    private static Map<String, Object> blocked(Blocked blocked) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", blocked.text());
        putLine(json, blocked.line());
        json.put("because", steps(blocked.because()));
        return json;
    }

    private static void putLine(Map<String, Object> json, Optional<ModelLine> line) {
        line.ifPresent(place -> json.put("line", Map.of("number", place.number(), "text", place.text())));
    }

    /** The condition's name alone: its stored values are the store's business, but for the end of a grant. */
    private static Map<String, Object> tuple(StoredTuple tuple) {
        Map<String, Object> json = key(tuple.key());
        tuple.condition().ifPresent(condition -> json.put("condition", condition.name()));
        return json;
    }

    private static Map<String, Object> key(TupleKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", key.user());
        json.put("relation", key.relation());
        json.put("object", key.object());
        return json;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
