package io.mcpaccess.authzen.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.decision.Outcome;
import java.io.IOException;
import java.util.List;

/** Decisions as AuthZEN 1.0 answers them (sections 5.5, 6.2, 7.2). */
final class DecisionJson {

    private DecisionJson() {}

    /**
     * The answer to one question. A denial is a 200; where nothing could be decided it is a 503, whose body is a decision
     * too: {@code false}, with the reason code.
     */
    static Answer answer(Outcome outcome) {
        return Answer.json(
                outcome instanceof Outcome.Unavailable ? 503 : 200,
                AnswerJson.write(out -> write(outcome.toDecision(), out)));
    }

    /** The answer to a batch: the processed items in order, failures among them ({@code context.error}). */
    static Answer answer(List<Decision> decisions) {
        return Answer.json(200, AnswerJson.write(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("evaluations");
            for (Decision decision : decisions) {
                write(decision, out);
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    private static void write(Decision decision, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeBooleanField("decision", decision.decision());
        if (!decision.context().isEmpty()) {
            out.writeFieldName("context");
            AnswerJson.value(decision.context(), out);
        }
        out.writeEndObject();
    }
}
