package io.mcpaccess.amctl.calltest;

import io.mcpaccess.openfga.Spelling;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of a YAML file, which knows where it stands; what is not as it should be is a fault with that place. */
final class PlacedValue {

    /** Nothing that a person writes is deeper, and an alias may lead back to where it stands. */
    private static final int DEEPEST = 50;

    private final Node node;
    private final Place place;

    private PlacedValue(Node node, Place place) {
        this.node = node;
        this.place = place;
    }

    /** Reads a file, a mapping with anything in it; {@code name} is what faults call it. */
    static PlacedValue of(Path file, String name) throws IOException, TestFileFault {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(Files.readString(file)));
            Place beginning = new Place(name, 1, 0);
            if (!(root instanceof MappingNode)) {
                throw new TestFileFault(beginning, "a mapping is expected, such as mcp_tests: [...]");
            }
            return new PlacedValue(root, beginning);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new TestFileFault(new Place(name, mark.getLine() + 1, mark.getColumn() + 1), "this is no YAML");
        }
    }

    private PlacedValue at(Node other) {
        Mark mark = other.getStartMark();
        return new PlacedValue(other, new Place(place.file(), mark.getLine() + 1, mark.getColumn() + 1));
    }

    Place place() {
        return place;
    }

    TestFileFault fault(String message) {
        return new TestFileFault(place, message);
    }

    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The members of a mapping, in its order. */
    Map<String, PlacedValue> members(String what) throws TestFileFault {
        if (!(node instanceof MappingNode mapping)) {
            throw fault(what + " must be a mapping");
        }
        Map<String, PlacedValue> members = new LinkedHashMap<>();
        for (NodeTuple member : mapping.getValue()) {
            PlacedValue key = at(member.getKeyNode());
            if (members.put(key.text("a name"), at(member.getValueNode())) != null) {
                throw key.fault("the key '" + key.text("a name") + "' stands there twice");
            }
        }
        return members;
    }

    /** The members of a mapping that has these and no others; those with nothing behind them are left out. */
    Map<String, PlacedValue> members(String what, List<String> names) throws TestFileFault {
        Map<String, PlacedValue> members = members(what);
        for (Map.Entry<String, PlacedValue> member : members.entrySet()) {
            if (!names.contains(member.getKey())) {
                String meant = Spelling.nearest(member.getKey(), names)
                        .map(near -> "; \"" + near + "\" may be meant")
                        .orElse("");
                throw member.getValue()
                        .fault(what + " has no \"" + member.getKey() + "\"" + meant + "; it has "
                                + String.join(", ", names));
            }
        }
        members.values().removeIf(PlacedValue::isNothing);
        return members;
    }

    /** A member that must be there. */
    PlacedValue required(Map<String, PlacedValue> members, String name, String what) throws TestFileFault {
        PlacedValue value = members.get(name);
        if (value == null) {
            throw fault(what + " has no " + name);
        }
        return value;
    }

    List<PlacedValue> list(String what) throws TestFileFault {
        if (!(node instanceof SequenceNode sequence)) {
            throw fault(what + " must be a list");
        }
        return sequence.getValue().stream().map(this::at).toList();
    }

    List<String> texts(String what) throws TestFileFault {
        List<String> texts = new ArrayList<>();
        for (PlacedValue each : list(what)) {
            texts.add(each.text("each of " + what));
        }
        return texts;
    }

    /** A text; numbers and times need no quotes. */
    String text(String what) throws TestFileFault {
        if (!(node instanceof ScalarNode scalar) || isNothing()) {
            throw fault(what + " must be text");
        }
        return scalar.getValue();
    }

    boolean flag(String what) throws TestFileFault {
        if (node instanceof ScalarNode scalar
                && node.getTag().equals(Tag.BOOL)
                && scalar.getValue().matches("true|false")) {
            return scalar.getValue().equals("true");
        }
        throw fault(what + " must be true or false, without quotes");
    }

    /** Any value, as JSON would have it. */
    Object any() throws TestFileFault {
        return any(0);
    }

    private Object any(int depth) throws TestFileFault {
        if (depth > DEEPEST) {
            throw fault("this is nested too deep");
        }
        if (node instanceof MappingNode) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, PlacedValue> member : members("a value").entrySet()) {
                values.put(member.getKey(), member.getValue().any(depth + 1));
            }
            return values;
        }
        if (node instanceof SequenceNode) {
            List<Object> values = new ArrayList<>();
            for (PlacedValue each : list("a value")) {
                values.add(each.any(depth + 1));
            }
            return values;
        }
        return scalar();
    }

    private Object scalar() throws TestFileFault {
        String text = ((ScalarNode) node).getValue();
        try {
            return switch (node.getTag().getValue().replaceFirst(".*:", "")) {
                case "int" -> Long.valueOf(text);
                case "float" -> Double.valueOf(text);
                case "bool" -> flag("a value");
                case "null" -> null;
                default -> text;
            };
        } catch (NumberFormatException e) {
            throw fault("\"" + text + "\" is no number that can be read; write it in decimals, or in quotes as a text");
        }
    }
}
