package io.mcpaccess.engine.embedded.file;

import io.mcpaccess.core.openfga.TupleKey;
import io.mcpaccess.engine.backend.StoredTuple;
import io.mcpaccess.engine.embedded.OpenFgaException;
import io.mcpaccess.engine.embedded.StoreContent;
import io.mcpaccess.engine.embedded.Ulids;
import io.mcpaccess.engine.embedded.evaluation.ModelPlan;
import io.mcpaccess.engine.embedded.evaluation.RequestRules;
import io.mcpaccess.engine.embedded.model.AuthorizationModel;
import io.mcpaccess.engine.embedded.model.InvalidModelException;
import io.mcpaccess.engine.embedded.model.ModelReader;
import io.mcpaccess.engine.embedded.tuples.Symbols;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads a store file of OpenFGA's command line: {@code name}, {@code model} or {@code model_file}, {@code tuples} and
 * {@code tuple_file}. {@code tests} are left to the command line. Files named in it are relative to it.
 *
 * <p>All or nothing: every tuple must be allowed by the model and stand there once.
 */
public final class StoreFileReader {

    private static final List<String> MEMBERS =
            List.of("name", "model", "model_file", "tuples", "tuple_file", "tuple_files", "tests");

    private final YamlDocument document;
    private final Map<TupleKey, TupleFile.Place> seen = new HashMap<>();
    private final List<StoredTuple> tuples = new ArrayList<>();

    private StoreFileReader(YamlDocument document) {
        this.document = document;
    }

    /**
     * Reads a store file.
     *
     * @param file the file
     * @return the store; its one model has an id that depends on the model alone
     * @throws StoreFileException when anything is not as it should be
     */
    public static StoreContent read(Path file) {
        return new StoreFileReader(YamlDocument.read(file)).read();
    }

    private StoreContent read() {
        if (document.root() == null) {
            throw document.fault(null, "the file is empty", "A store has a model and tuples");
        }
        Map<String, Node> members = document.members(document.root(), "the store", MEMBERS);
        AuthorizationModel model = model(members);
        RequestRules rules = new RequestRules(ModelPlan.compile(model, new Symbols()));
        add(TupleFile.of(document, members.get("tuples")), rules);
        if (!YamlDocument.isNull(members.get("tuple_file"))) {
            add(TupleFile.read(resolve(members.get("tuple_file"), "tuple_file")), rules);
        }
        for (Node other : document.items(members.get("tuple_files"), "tuple_files")) {
            add(TupleFile.read(resolve(other, "a tuple file")), rules);
        }
        String name = YamlDocument.isNull(members.get("name"))
                ? document.file().getFileName().toString()
                : document.scalar(members.get("name"), "name");
        String id = Ulids.ofContent(ModelReader.toJson(model));
        return new StoreContent(name, List.of(new StoreContent.Model(id, model)), tuples);
    }

    private Path resolve(Node node, String what) {
        return document.file().resolveSibling(document.scalar(node, what));
    }

    private AuthorizationModel model(Map<String, Node> members) {
        Node model = members.get("model");
        Node modelFile = members.get("model_file");
        if (YamlDocument.isNull(model) == YamlDocument.isNull(modelFile)) {
            throw document.fault(
                    YamlDocument.isNull(model) ? document.root() : modelFile,
                    YamlDocument.isNull(model) ? "the store has no model" : "the store has both model and model_file",
                    "Write the model under 'model: |', or name its file with 'model_file'");
        }
        return YamlDocument.isNull(model)
                ? modelIn(resolve(modelFile, "model_file"))
                : modelAt(document.scalar(model, "model"), (ScalarNode) model);
    }

    private static AuthorizationModel modelIn(Path file) {
        String text = YamlDocument.text(file);
        try {
            return parse(text);
        } catch (InvalidModelException e) {
            InvalidModelException.Fault fault = e.faults().get(0);
            String line = fault.line() == 0
                    ? ""
                    : text.lines().skip(fault.line() - 1L).findFirst().orElse("");
            throw new StoreFileException(file, fault.line(), fault.column(), line, fault.message(), remedy(e));
        }
    }

    /** A fault's place in the model becomes its place in the file, if the model stands there line by line. */
    private AuthorizationModel modelAt(String text, ScalarNode node) {
        try {
            return parse(text);
        } catch (InvalidModelException e) {
            InvalidModelException.Fault fault = e.faults().get(0);
            if (fault.line() == 0 || node.getScalarStyle() != ScalarStyle.LITERAL) {
                throw document.fault(node, fault.message(), remedy(e));
            }
            int line = node.getStartMark().getLine() + 1 + fault.line();
            String inModel = text.lines().skip(fault.line() - 1L).findFirst().orElse("");
            int indentation = Math.max(0, document.line(line).indexOf(inModel));
            throw new StoreFileException(
                    document.file(),
                    line,
                    fault.column() == 0 ? 0 : fault.column() + indentation,
                    document.line(line),
                    fault.message(),
                    remedy(e));
        }
    }

    private static AuthorizationModel parse(String text) {
        return text.stripLeading().startsWith("{") ? ModelReader.fromJson(text) : ModelReader.fromDsl(text);
    }

    private static String remedy(InvalidModelException e) {
        int others = e.faults().size() - 1;
        return others == 0
                ? "Correct the model; nothing was loaded"
                : "Correct the model, which has " + others + " more fault" + (others == 1 ? "" : "s")
                        + "; nothing was loaded";
    }

    private void add(TupleFile file, RequestRules rules) {
        for (TupleFile.Placed placed : file.tuples()) {
            StoredTuple tuple = placed.tuple();
            try {
                rules.checkWrite(tuple);
            } catch (OpenFgaException e) {
                throw file.fault(placed.place(), e.error().message(), "Correct the tuple, or let the model allow it");
            }
            TupleFile.Place earlier = seen.putIfAbsent(tuple.key(), placed.place());
            if (earlier != null) {
                throw file.fault(
                        placed.place(),
                        "the tuple stands twice, first at line " + earlier.line(),
                        "Leave one of the two out");
            }
            tuples.add(tuple);
        }
    }
}
