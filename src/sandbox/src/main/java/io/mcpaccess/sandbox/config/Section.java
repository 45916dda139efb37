package io.mcpaccess.sandbox.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the YAML file that knows its lines. Each reading method reports what is missing or of the wrong kind and answers
 * something harmless, so that reading goes on; {@link #end()} reports the keys that nobody asked for. For one thread.
 */
final class Section {
    private final MappingNode node;
    private final String path;
    private final Mistakes mistakes;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    Section(MappingNode node, String path, Mistakes mistakes) {
        this.node = node;
        this.path = path;
        this.mistakes = mistakes;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                mistakes.add(tuple.getKeyNode(), "a key in " + path + " is not text", "write a plain name");
            } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                mistakes.add(key, "'" + key.getValue() + "' stands twice in " + path, "keep one");
            } else {
                keys.put(key.getValue(), key);
            }
        }
    }

    /** Whether the key is there and has a value. */
    boolean has(String key) {
        asked.add(key);
        Node value = values.get(key);
        return value != null && !Tag.NULL.equals(value.getTag());
    }

    /** The line's node of a key, or of the section where the key is not there. */
    Node at(String key) {
        return values.getOrDefault(key, node);
    }

    String path() {
        return path;
    }

    /** A text that must be there and not be empty. */
    String text(String key, String right) {
        if (!has(key)) {
            mistakes.add(node, path + " has no '" + key + "'", right);
            return "";
        }
        String value = text(key);
        if (value != null && value.isBlank()) {
            mistakes.add(at(key), "'" + key + "' of " + path + " is empty", right);
        }
        return value == null ? "" : value;
    }

    /** A text, null where it is not there. */
    String text(String key) {
        if (!has(key)) {
            return null;
        }
        if (values.get(key) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        mistakes.add(at(key), "'" + key + "' of " + path + " is not a text", "write one value");
        return null;
    }

    int integer(String key, int absent, int min, int max) {
        if (!has(key)) {
            return absent;
        }
        String value = text(key);
        try {
            int number = Integer.parseInt(value == null ? "" : value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the range.
        }
        mistakes.add(
                at(key),
                "'" + key + "' of " + path + " is not a number between " + min + " and " + max,
                "for example " + key + ": " + absent);
        return absent;
    }

    boolean flag(String key, boolean absent) {
        if (!has(key)) {
            return absent;
        }
        String value = text(key);
        if ("true".equals(value) || "false".equals(value)) {
            return Boolean.parseBoolean(value);
        }
        mistakes.add(at(key), "'" + key + "' of " + path + " is neither true nor false", "write true or false");
        return absent;
    }

    /** A list of texts; a missing key is an empty list. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                mistakes.add(item, "an item of '" + key + "' of " + path + " is not a text", "list plain values");
            }
        }
        return List.copyOf(texts);
    }

    /** A list of mappings; a missing key is an empty list. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        int index = 0;
        for (Node item : items(key)) {
            String itemPath = below(key) + "[" + index++ + "]";
            if (item instanceof MappingNode mapping) {
                sections.add(new Section(mapping, itemPath, mistakes));
            } else {
                mistakes.add(item, itemPath + " is not a mapping", "write it as {key: value, …}");
            }
        }
        return sections;
    }

    /** A mapping; a missing key is an empty one. */
    Section section(String key) {
        if (has(key) && !(values.get(key) instanceof MappingNode)) {
            mistakes.add(at(key), "'" + key + "' of " + path + " is not a mapping", "write it as {key: value, …}");
        }
        MappingNode mapping = has(key) && values.get(key) instanceof MappingNode m
                ? m
                : new MappingNode(
                        Tag.MAP, true, List.of(), node.getStartMark(), node.getEndMark(), node.getFlowStyle());
        return new Section(mapping, below(key), mistakes);
    }

    /** All keys with text values, nested mappings flattened to dotted keys and lists to indexed ones. */
    Map<String, String> flattened() {
        Map<String, String> flat = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            asked.add(key);
            flatten(key, value, flat);
        });
        return flat;
    }

    /** The raw node of a key, null where it is not there. */
    Node raw(String key) {
        return has(key) ? values.get(key) : null;
    }

    /** Reports keys that were not asked for. Call it last. */
    void end() {
        keys.forEach((key, keyNode) -> {
            if (!asked.contains(key)) {
                mistakes.add(
                        keyNode,
                        "'" + key + "' is unknown in " + (path.isEmpty() ? "the file" : path),
                        "known are " + String.join(", ", asked));
            }
        });
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private List<Node> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (values.get(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        mistakes.add(at(key), "'" + key + "' of " + path + " is not a list", "write it as [a, b]");
        return List.of();
    }

    private static void flatten(String key, Node value, Map<String, String> flat) {
        if (value instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name) {
                    flatten(key + "." + name.getValue(), tuple.getValueNode(), flat);
                }
            }
        } else if (value instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                flatten(key + "[" + i + "]", sequence.getValue().get(i), flat);
            }
        } else if (value instanceof ScalarNode scalar) {
            flat.put(key, scalar.getValue());
        }
    }
}
