package io.mcpaccess.sandbox.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Turns a part of the YAML tree into the JSON text that AM would hand to a plugin. */
final class NodeJson extends SafeConstructor {
    private final ObjectMapper mapper;

    NodeJson(ObjectMapper mapper) {
        super(new LoaderOptions());
        this.mapper = mapper;
    }

    /**
     * Writes a node as JSON.
     *
     * @param node a mapping, a list or a value
     * @return the JSON text
     */
    String write(Node node) {
        try {
            return mapper.writeValueAsString(value(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A YAML tree was not JSON", e);
        }
    }

    private Object value(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                map.put(((ScalarNode) tuple.getKeyNode()).getValue(), value(tuple.getValueNode()));
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(value(item)));
            return list;
        }
        return constructObject(node);
    }
}
