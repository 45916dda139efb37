package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.embedded.model.ModelLine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An exclusion that took away what the user had.
 *
 * @param text the exclusion as a sentence
 * @param line the line of the model, if its text is known
 * @param because why the excluded rule holds for the user; empty when it could not be decided, which blocks as well
 */
public record Blocked(String text, Optional<ModelLine> line, List<ProofStep> because) {

    public Blocked {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(line, "line");
        because = List.copyOf(because);
    }
}
