package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.store.ModelFiles;
import io.mcpaccess.openfga.embedded.store.StoreFileException;
import io.mcpaccess.openfga.embedded.store.TupleCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tuples and models in files, in the form of OpenFGA's command line. */
final class TupleFiles {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private TupleFiles() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
    }

    /** A model, in the modelling language or as JSON; modules are joined. */
    static String model(Path file) {
        if (!file.toString().endsWith(".mod")) {
            return text(file);
        }
        try {
            return ModelFiles.read(file);
        } catch (StoreFileException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
    }

    /** A file of YAML, JSON or, by its ending, of tuples in CSV. */
    static JsonNode read(Path file) {
        if (isCsv(file)) {
            return csv(file);
        }
        try {
            JsonNode root = YAML.readTree(text(file));
            return root == null ? Json.object() : root;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new CommandFailure(
                    ExitCode.USAGE, file + ": it is no YAML" + (line > 0 ? " at line " + line : "") + ".");
        }
    }

    /** Whether a file's name says that there are tuples in CSV in it. */
    static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private static ArrayNode csv(Path file) {
        ArrayNode tuples = Json.array();
        try {
            for (StoredTuple tuple : TupleCsv.read(file.toString(), text(file))) {
                ObjectNode json = tuples.addObject()
                        .put("user", tuple.key().user())
                        .put("relation", tuple.key().relation())
                        .put("object", tuple.key().object());
                tuple.condition()
                        .ifPresent(condition -> json.putObject("condition")
                                .put("name", condition.name())
                                .set("context", Json.tree(condition.context())));
            }
        } catch (StoreFileException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
        return tuples;
    }

    /** The model of a store file: in it, or in the file that it names. */
    static Optional<String> model(Path file, JsonNode store) {
        if (store.path("model").isTextual()) {
            return Optional.of(store.path("model").asText());
        }
        return store.path("model_file").isTextual()
                ? Optional.of(model(file.resolveSibling(store.path("model_file").asText())))
                : Optional.empty();
    }

    /** A list of tuples, each with what it must have and nothing else: a misspelt condition would make it hold for good. */
    static ArrayNode tuples(Path file, JsonNode list) {
        if (list.isMissingNode() || list.isNull()) {
            return Json.array();
        }
        if (!(list instanceof ArrayNode tuples)) {
            throw new CommandFailure(ExitCode.USAGE, file + ": a list of tuples is expected.");
        }
        for (int i = 0; i < tuples.size(); i++) {
            String place = file + ": the tuple number " + (i + 1);
            for (String member : List.of("user", "relation", "object")) {
                if (!tuples.get(i).path(member).isTextual()) {
                    throw new CommandFailure(ExitCode.USAGE, place + " has no " + member + ".");
                }
            }
            checkMembers(tuples.get(i), Set.of("user", "relation", "object", "condition"), place);
            checkCondition(tuples.get(i).path("condition"), place);
        }
        return SameTuples.once(file, tuples, YAML);
    }

    private static void checkCondition(JsonNode condition, String place) {
        if (condition.isMissingNode() || condition.isNull()) {
            return;
        }
        JsonNode context = condition.path("context");
        if (!condition.path("name").isTextual()
                || condition.path("name").asText().isBlank()
                || !context.isMissingNode() && !context.isNull() && !context.isObject()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    place + " has a condition of another form than {name: NAME, context: {PARAMETER: VALUE}}.");
        }
        checkMembers(condition, Set.of("name", "context"), place + ", its condition,");
    }

    private static void checkMembers(JsonNode json, Set<String> known, String place) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new CommandFailure(ExitCode.USAGE, place + " has the member " + name + ", which means nothing.");
            }
        }
    }

    /** The tuples of a file, which may be null, and those of the command line. */
    static ArrayNode tuples(Path file, List<String> texts) {
        ArrayNode tuples = file == null ? Json.array() : tuples(file, read(file));
        texts.forEach(text -> tuples.add(tuple(text)));
        return tuples;
    }

    /** A tuple as the command line has it. */
    static String text(TupleKey tuple) {
        return tuple.user() + " " + tuple.relation() + " " + tuple.object();
    }

    /** A tuple of the command line. */
    static ObjectNode tuple(String text) {
        String[] parts = text.strip().split("\\s+");
        if (parts.length != 3 || !parts[0].contains(":") || !parts[2].contains(":")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A tuple is a user, a relation and an object in quotes, such as 'user:alice can_call tool:pay'.");
        }
        return Json.object().put("user", parts[0]).put("relation", parts[1]).put("object", parts[2]);
    }
}
