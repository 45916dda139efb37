package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** How much a part of a request weighs: its characters, and a little for each value. */
final class Weight {

    /** What a value costs that has no characters of its own. */
    private static final int VALUE = 16;

    private Weight() {}

    /**
     * Weighs a part of a request.
     *
     * @param value the part; nothing weighs nothing
     * @param except a member of it that is left out, or {@code null}
     * @return its weight in characters
     */
    static int of(JsonNode value, String except) {
        if (value.isMissingNode()) {
            return 0;
        }
        int weight = VALUE;
        if (value.isTextual()) {
            return weight + value.textValue().length();
        }
        if (value.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> members = value.fields(); members.hasNext(); ) {
                Map.Entry<String, JsonNode> member = members.next();
                if (!member.getKey().equals(except)) {
                    weight += member.getKey().length() + of(member.getValue(), null);
                }
            }
            return weight;
        }
        for (JsonNode element : value) {
            weight += of(element, null);
        }
        return weight;
    }
}
