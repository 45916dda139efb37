package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a part of a model in modules from a whole model: alone it would be half of the permissions. */
final class ModuleParts {

    private static final Pattern EXTEND = Pattern.compile("\\s*extend\\s+type\\b\\s*([^\\s#]*).*");
    private static final String WHOLE =
            "; give the whole model as one text, which begins with \"model\" and a schema, or in a store file as model_file: fga.mod";

    private ModuleParts() {}

    /**
     * Refuses a part.
     *
     * @param dsl a text in the modelling language
     * @throws InvalidModelException when it is the file of a module, or extends a type
     */
    static void refuse(String dsl) {
        List<String> lines = dsl.lines().toList();
        boolean isFirst = true;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (ModuleLine.isSilent(line)) {
                continue;
            }
            Optional<ModuleLine> module = isFirst ? ModuleLine.of(line) : Optional.empty();
            if (module.isPresent()) {
                throw fault(
                        i,
                        line,
                        "this is the file of module \"" + module.get().name() + "\", a part of a model" + WHOLE);
            }
            Matcher extend = EXTEND.matcher(line);
            if (extend.matches()) {
                throw fault(
                        i,
                        line,
                        "\"extend type " + extend.group(1) + "\" stands in modules only, which are parts of a model"
                                + WHOLE);
            }
            isFirst = false;
        }
    }

    private static InvalidModelException fault(int index, String line, String message) {
        return new InvalidModelException(
                List.of(new Fault(index + 1, line.length() - line.stripLeading().length() + 1, message)));
    }
}
