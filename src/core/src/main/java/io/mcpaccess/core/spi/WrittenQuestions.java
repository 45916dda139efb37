package io.mcpaccess.core.spi;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Subject;
import java.util.Map;

/**
 * Writes the questions of one request for the engine SPI. A batch asks about one subject and one action most of the time, which its
 * questions share as objects: these are written once. For one thread.
 */
final class WrittenQuestions {

    private Subject subject;
    private Map<String, Object> subjectJson;
    private Action action;
    private Map<String, Object> actionJson;

    /** Writes the next question. */
    Map<String, Object> next(EvaluationRequest question) {
        if (question.subject() != subject) {
            subject = question.subject();
            subjectJson = EngineSpiJson.subject(subject);
        }
        if (question.action() != action) {
            action = question.action();
            actionJson = EngineSpiJson.action(action);
        }
        return EngineSpiJson.question(subjectJson, actionJson, question);
    }
}
