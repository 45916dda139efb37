package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.util.Optional;

/** What is wrong with a part of a request, before it is known which code that gives. */
record Problem(String text, OpenFgaError.About about) {

    static Optional<Problem> wrong(String text) {
        return Optional.of(new Problem(text, OpenFgaError.About.REQUEST));
    }

    static Optional<Problem> unknownType(String type) {
        return Optional.of(new Problem("type '" + type + "' not found", OpenFgaError.About.MODEL));
    }

    static Optional<Problem> unknownRelation(String type, String relation) {
        return Optional.of(new Problem("relation '" + type + "#" + relation + "' not found", OpenFgaError.About.MODEL));
    }

    OpenFgaException as(OpenFgaCode code) {
        return new OpenFgaException(code, text, about);
    }

    Problem in(String context) {
        return new Problem(context + text, about);
    }
}
