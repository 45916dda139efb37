package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.model.ModularModel;
import io.mcpaccess.openfga.embedded.model.ModuleLine;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model as it stands in a file.
 *
 * @param text the model, in the modelling language or as JSON
 * @param isJson which of the two
 * @param start where the text begins
 * @param indent how far the text is indented in its file
 * @param isVerbatim whether the text stands in its file line by line
 * @param modules the files that it was joined from; empty where it is one text
 */
record ModelText(
        String text, boolean isJson, Place start, int indent, boolean isVerbatim, Optional<ModularModel> modules) {

    private static final Pattern SCHEMA =
            Pattern.compile("(?m)^\\s*schema\\s+1\\.|\"(?:schema_version|schemaVersion)\"\\s*:");

    private static final Pattern TYPE = Pattern.compile("(?m)^\\s*(?:extend\\s+)?type\\s+\\w");

    /** A model in a file of its own. */
    static ModelText file(String file, String text) {
        return new ModelText(text, isJson(text), new Place(file, 1, 1), 0, true, Optional.empty());
    }

    /** A model in modules, by the file that lists them. */
    static ModelText joined(String list, ModularModel modules) {
        return new ModelText(modules.text(), false, new Place(list, 1, 1), 0, false, Optional.of(modules));
    }

    /**
     * A model within a store file.
     *
     * @param value where the value begins; for a YAML block that is the bar before its first line
     * @param text the value
     * @param source the whole file
     */
    static ModelText within(Place value, String text, String source) {
        List<String> lines = source.lines().skip(value.line()).toList();
        List<String> own = text.lines().toList();
        for (int i = 0; i < own.size(); i++) {
            if (i >= lines.size() || !lines.get(i).strip().equals(own.get(i).strip())) {
                return new ModelText(text, isJson(text), value, 0, false, Optional.empty());
            }
        }
        int indent = own.isEmpty() ? 0 : lines.get(0).indexOf(own.get(0));
        return new ModelText(
                text,
                isJson(text),
                new Place(value.file(), value.line() + 1, 1),
                Math.max(0, indent),
                true,
                Optional.empty());
    }

    /** The modelling language begins with {@code model}, or with a comment. */
    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    /** Whether this is meant to be a model, as every one names its schema, or to be a part of one. */
    boolean looksLikeAModel() {
        return SCHEMA.matcher(text).find()
                || ModuleLine.first(text).filter(ModuleLine::isWhole).isPresent()
                        && TYPE.matcher(text).find();
    }

    /**
     * The model.
     *
     * @throws InvalidModelException with lines of this text, see {@link #place}
     */
    AuthorizationModel read() {
        modules.ifPresent(ModularModel::check);
        return isJson ? ModelReader.fromJson(text) : ModelReader.fromDsl(text);
    }

    /**
     * Where a line of the model is in the file.
     *
     * @param line counted from 1; 0 when it is not known
     * @param column counted from 1; 0 when it is not known
     */
    Place place(int line, int column) {
        Optional<ModularModel.Line> part = modules.flatMap(joined -> joined.line(line));
        if (part.isPresent()) {
            return new Place(part.get().part(), part.get().number(), column);
        }
        if (line == 0 || !isVerbatim) {
            return start;
        }
        return new Place(start.file(), start.line() + line - 1, column == 0 ? 0 : column + indent);
    }
}
