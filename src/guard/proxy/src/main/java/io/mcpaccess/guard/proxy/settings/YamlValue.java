package io.mcpaccess.guard.proxy.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of a settings file, which knows its line: whoever finds something wrong with it says so there.
 *
 * @param file the file, as the operator named it
 * @param name what the value is called
 * @param node the value
 */
record YamlValue(Path file, String name, Node node) {
    /** What is wrong here. */
    SettingsException wrong(String problem) {
        return wrong(file, node, "'" + name + "' " + problem);
    }

    static SettingsException wrong(Path file, Node node, String problem) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        return new SettingsException(file + ":" + line + ": " + problem);
    }

    /** A text, or a number that stands where a text is due. */
    String text() {
        if (node instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)
                && !scalar.getTag().equals(Tag.BOOL)
                && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw wrong("takes a text.");
    }

    int number(int least, int most) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            String digits = scalar.getValue();
            if (digits.matches("\\d{1,9}") && Integer.parseInt(digits) >= least && Integer.parseInt(digits) <= most) {
                return Integer.parseInt(digits);
            }
        }
        throw wrong("takes a whole number from " + least + " to " + most + ".");
    }

    boolean flag() {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue());
        }
        throw wrong("takes true or false.");
    }

    String choice(String... choices) {
        String given = text();
        if (!List.of(choices).contains(given)) {
            throw wrong("takes one of " + String.join(", ", choices) + ", not '" + given + "'.");
        }
        return given;
    }

    List<YamlValue> list() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new YamlValue(file, name, item))
                    .toList();
        }
        throw wrong("takes a list.");
    }

    List<String> texts() {
        return list().stream().map(YamlValue::text).toList();
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The members of a mapping with any names. */
    Map<String, YamlValue> members() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("takes names with values, each on a line of its own.");
        }
        Map<String, YamlValue> members = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw wrong(file, entry.getKeyNode(), "A name is a text.");
            }
            if (members.put(key.getValue(), new YamlValue(file, key.getValue(), entry.getValueNode())) != null) {
                throw wrong(file, key, "'" + key.getValue() + "' stands here twice.");
            }
        }
        return members;
    }

    /** The members of a mapping whose names are known. */
    YamlFields fields(Set<String> known) {
        Map<String, YamlValue> members = members();
        MappingNode mapping = (MappingNode) node;
        for (NodeTuple entry : mapping.getValue()) {
            String key = ((ScalarNode) entry.getKeyNode()).getValue();
            if (!known.contains(key)) {
                throw wrong(
                        file,
                        entry.getKeyNode(),
                        "There is no setting '" + key + "' in '" + name + "'. Known are "
                                + String.join(", ", new TreeSet<>(known)) + ".");
            }
        }
        return new YamlFields(this, members);
    }

    /** Names neither value: it may be a secret. */
    @Override
    public String toString() {
        return "YamlValue[" + name + "]";
    }
}
