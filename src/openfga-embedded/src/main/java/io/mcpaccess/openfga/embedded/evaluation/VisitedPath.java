package io.mcpaccess.openfga.embedded.evaluation;

import java.util.Arrays;

/** The questions that a walk is in the middle of, to find circles. For one thread. */
final class VisitedPath {

    private long[] questions = new long[16];
    private int length;

    boolean holds(int object, int relation) {
        long question = question(object, relation);
        for (int i = length - 1; i >= 0; i--) {
            if (questions[i] == question) {
                return true;
            }
        }
        return false;
    }

    void push(int object, int relation) {
        if (length == questions.length) {
            questions = Arrays.copyOf(questions, length * 2);
        }
        questions[length++] = question(object, relation);
    }

    void pop() {
        length--;
    }

    static long question(int object, int relation) {
        return (long) object << Integer.SIZE | relation;
    }
}
