package io.mcpaccess.openfga.embedded.model;

import dev.openfga.language.DslToJsonTransformer;
import dev.openfga.language.errors.ParsingError;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the language library finds in a text, for a person: what stands there, what is expected, and the usual slips by their
 * names. Of the faults of the grammar only the first is told: those behind it mostly come of it.
 */
final class SyntaxFaults {

    private SyntaxFaults() {}

    /**
     * The faults of a text as a person would tell them.
     *
     * @param found what the library found, in the order of the text
     * @param dsl the text
     * @return at least one where anything was found
     */
    static List<Fault> of(List<? extends ParsingError> found, String dsl) {
        List<String> lines = dsl.lines().toList();
        List<Fault> faults = new ArrayList<>();
        boolean isFirst = true;
        for (ParsingError error : found) {
            int line = Optional.ofNullable(error.getLine())
                    .map(place -> place.getStart() + 1)
                    .orElse(0);
            int column = Optional.ofNullable(error.getColumn())
                    .map(place -> place.getStart() + 1)
                    .orElse(0);
            Optional<ParserMessage> parsers = ParserMessage.of(error.getMessage());
            if (parsers.isEmpty()) {
                faults.add(new Fault(line, column, RuleWording.plain(error.getMessage())));
            } else if (isFirst) {
                faults.add(SyntaxWording.of(parsers.get(), line, column, lines));
                isFirst = false;
            }
        }
        return faults;
    }

    /**
     * Whether the grammar has a place for a text, which may be the file of a module.
     *
     * @param dsl the text
     * @return its first fault, empty where it has none
     */
    static Optional<Fault> first(String dsl) {
        List<? extends ParsingError> errors =
                new DslToJsonTransformer().parseDsl(dsl).getErrors();
        Stream<? extends ParsingError> ofTheGrammar = errors.stream()
                .filter(error -> ParserMessage.of(error.getMessage()).isPresent());
        return of(ofTheGrammar.limit(1).toList(), dsl).stream().findFirst();
    }
}
