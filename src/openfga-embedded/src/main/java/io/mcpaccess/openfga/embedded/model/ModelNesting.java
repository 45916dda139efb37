package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.problem.InvalidModelException;

/**
 * Refuses rules with brackets in brackets without end before the language library reads them: its time grows with the cube of their
 * depth, so that some kilobytes would hold a thread for minutes.
 */
final class ModelNesting {

    private ModelNesting() {}

    /**
     * Looks at each rule and condition.
     *
     * @param dsl a model in the modelling language; may be anything
     * @throws InvalidModelException where one is deeper than rules may be
     */
    static void refuse(String dsl) {
        int depth = 0;
        for (String line : dsl.split("\n", -1)) {
            String text = line.strip();
            if (text.startsWith("#")) {
                continue;
            }
            if (text.startsWith("define ") || text.startsWith("condition ")) {
                depth = 0;
            }
            for (int i = 0; i < text.length(); i++) {
                depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
                if (depth > JsonModel.MAX_NESTING) {
                    throw new InvalidModelException(
                            "a rule has brackets in brackets more than " + JsonModel.MAX_NESTING + " deep");
                }
            }
        }
    }
}
