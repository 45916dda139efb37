package io.mcpaccess.engine.embedded.file;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML file as nodes that know where they stand, and the errors that point there. */
final class YamlDocument {

    private static final int MAX_CHARACTERS = 256 * 1024 * 1024;

    private final Path file;
    private final List<String> lines;
    private final Node root;

    private YamlDocument(Path file, List<String> lines, Node root) {
        this.file = file;
        this.lines = lines;
        this.root = root;
    }

    static YamlDocument read(Path file) {
        String text = text(file);
        List<String> lines = text.lines().toList();
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setAllowDuplicateKeys(false);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            return new YamlDocument(file, lines, root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            int line = mark == null ? 0 : mark.getLine() + 1;
            throw new StoreFileException(
                    file,
                    line,
                    mark == null ? 0 : mark.getColumn() + 1,
                    line == 0 || line > lines.size() ? "" : lines.get(line - 1),
                    "this is not YAML: " + e.getProblem(),
                    "Look at the indentation and quotes here and in the line before");
        } catch (YAMLException e) {
            throw new StoreFileException(file, 0, 0, "", "this is not YAML: " + e.getMessage(), "");
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new StoreFileException(file, 0, 0, "", "there is no such file", "Create it, or correct its name");
        } catch (MalformedInputException e) {
            throw new StoreFileException(file, 0, 0, "", "the file is not UTF-8 text", "Save it as UTF-8");
        } catch (IOException e) {
            throw new StoreFileException(
                    file, 0, 0, "", "the file cannot be read: " + e.getMessage(), "Look at its rights");
        }
    }

    Path file() {
        return file;
    }

    /** Null for an empty file. */
    Node root() {
        return root;
    }

    String line(int number) {
        return number < 1 || number > lines.size() ? "" : lines.get(number - 1);
    }

    StoreFileException fault(Node at, String problem, String remedy) {
        int line = at == null ? 0 : at.getStartMark().getLine() + 1;
        int column = at == null ? 0 : at.getStartMark().getColumn() + 1;
        return new StoreFileException(file, line, column, line(line), problem, remedy);
    }

    /** Members by name; refuses repeats and names that are not known. */
    Map<String, Node> members(Node node, String what, List<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw fault(node, what + " must be a mapping", "Its members are " + String.join(", ", known));
        }
        Map<String, Node> members = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = scalar(entry.getKeyNode(), "a member's name");
            if (!known.isEmpty() && !known.contains(name)) {
                throw fault(
                        entry.getKeyNode(),
                        what + " has no member '" + name + "'",
                        "Its members are " + String.join(", ", known));
            }
            if (members.put(name, entry.getValueNode()) != null) {
                throw fault(entry.getKeyNode(), "'" + name + "' stands twice in " + what, "Leave one of the two out");
            }
        }
        return members;
    }

    List<Node> items(Node node, String what) {
        if (isNull(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw fault(node, what + " must be a list", "Begin each item with '- '");
        }
        return sequence.getValue();
    }

    String scalar(Node node, String what) {
        if (!(node instanceof ScalarNode scalar) || isNull(node)) {
            throw fault(node, what + " must be text", "");
        }
        return scalar.getValue();
    }

    static boolean isNull(Node node) {
        return node == null || Tag.NULL.equals(node.getTag());
    }

    /** A value of a context: what JSON would have it be. A timestamp stays text. */
    Object value(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(this::value).toList();
        }
        if (node instanceof MappingNode) {
            Map<String, Object> values = new LinkedHashMap<>();
            members(node, "a context", List.of()).forEach((name, member) -> values.put(name, value(member)));
            return values;
        }
        String text = ((ScalarNode) node).getValue();
        try {
            if (Tag.INT.equals(node.getTag())) {
                return Long.decode(text.replace("_", ""));
            }
            if (Tag.FLOAT.equals(node.getTag())) {
                return Double.valueOf(text.replace("_", ""));
            }
        } catch (NumberFormatException e) {
            throw fault(node, "'" + text + "' is no number that JSON can hold", "Quote it if it is meant as text");
        }
        if (Tag.BOOL.equals(node.getTag())) {
            return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on");
        }
        return Tag.NULL.equals(node.getTag()) ? null : text;
    }
}
