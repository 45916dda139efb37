package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.model.ModelLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Explanations as text. */
final class ExplanationText {

    private ExplanationText() {}

    static String write(Explanation explanation) {
        StringBuilder text = new StringBuilder(headline(explanation)).append('\n');
        steps(text, explanation.path(), 1);
        explanation.blocked().forEach(blocked -> {
            text.append("Blocked: ")
                    .append(blocked.text())
                    .append(at(blocked.line()))
                    .append('\n');
            steps(text, blocked.because(), 2);
        });
        explanation
                .conditions()
                .forEach(failed -> text.append(condition(failed)).append('\n'));
        if (!explanation.missing().isEmpty()) {
            text.append(explanation.missing().size() == 1 ? "This would allow it:" : "Any one of these would allow it:")
                    .append('\n');
            explanation
                    .missing()
                    .forEach(tuples -> text.append("  - add ")
                            .append(tuples.stream()
                                    .map(ExplanationText::tuple)
                                    .collect(Collectors.joining("\n    and ")))
                            .append('\n'));
        }
        if (!explanation.complete()) {
            text.append("There was not enough time to look at everything.\n");
        }
        return text.toString();
    }

    static String headline(Explanation explanation) {
        String question = explanation.question().user() + " has "
                + explanation.question().relation() + " of "
                + explanation.question().object();
        return switch (explanation.answer()) {
            case ALLOW -> "Allowed: " + question + ", because";
            case DENY ->
                "Denied: " + explanation.question().user() + " does not have "
                        + explanation.question().relation() + " of "
                        + explanation.question().object() + ".";
            case ERROR ->
                "No answer to whether " + question + ": "
                        + explanation.error().map(error -> error.message()).orElse("unknown") + ".";
        };
    }

    private static void steps(StringBuilder text, List<ProofStep> steps, int indentation) {
        for (ProofStep step : steps) {
            text.append("  ".repeat(indentation + step.level()))
                    .append("- ")
                    .append(step.text())
                    .append(at(step.line()))
                    .append('\n');
        }
    }

    static String condition(FailedCondition failed) {
        String parameters = failed.parameters().isEmpty() ? "" : ", look at " + String.join(", ", failed.parameters());
        if (failed.expired().isPresent()) {
            return "The grant " + tuple(failed.tuple()) + " expired at "
                    + failed.expired().get() + at(failed.line());
        }
        return "Condition " + failed.condition() + " of the tuple " + tuple(failed.tuple())
                + (failed.problem() == FailedCondition.Problem.NOT_MET
                        ? " is not met"
                        : " cannot be decided, a value is missing or of the wrong type")
                + parameters + at(failed.line());
    }

    static String tuple(StoredTuple tuple) {
        return tuple.key().user() + " " + tuple.key().relation() + " "
                + tuple.key().object()
                + tuple.condition()
                        .map(condition -> " with " + condition.name())
                        .orElse("");
    }

    static String at(Optional<ModelLine> line) {
        return line.map(place -> "  [model line " + place.number() + ": " + place.text() + "]")
                .orElse("");
    }
}
