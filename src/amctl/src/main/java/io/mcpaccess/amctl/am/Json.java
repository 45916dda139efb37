package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes JSON. */
public final class Json {
    private Json() {}

    /**
     * An object.
     *
     * @return a new one without members
     */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A list.
     *
     * @return a new one without items
     */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
