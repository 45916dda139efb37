package io.mcpaccess.openfga.embedded.evaluation;

import java.util.HashMap;
import java.util.Map;

/**
 * Answers found on the way, so that tuples which meet again and again do not make a walk exponential. Small walks pay
 * nothing: remembering begins after some questions.
 *
 * <p>An answer holds below another path only if no circle had a part in it, and only where the walk would not have come
 * to the depth limit: hence the height. One that was found below a subtracted rule was looked for harder, so that it
 * holds elsewhere too, but not the other way round.
 */
final class KnownAnswers {

    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int FREE_QUESTIONS = 64;

    private Map<Long, Answer> answers = Map.of();
    private int asked;
    private int heightOfLast;

    private record Answer(int value, int height, boolean subtracted) {}

    int find(int object, int relation, int depth, boolean subtracted) {
        if (answers.isEmpty()) {
            return UNKNOWN;
        }
        Answer answer = answers.get(VisitedPath.question(object, relation));
        if (answer == null || (subtracted && !answer.subtracted()) || depth + answer.height() >= Question.MAX_DEPTH) {
            return UNKNOWN;
        }
        heightOfLast = answer.height();
        return answer.value();
    }

    int heightOfLast() {
        return heightOfLast;
    }

    void remember(int object, int relation, int height, int value, boolean subtracted) {
        if (++asked < FREE_QUESTIONS) {
            return;
        }
        if (answers.isEmpty()) {
            answers = new HashMap<>();
        }
        answers.put(VisitedPath.question(object, relation), new Answer(value, height, subtracted));
    }
}
