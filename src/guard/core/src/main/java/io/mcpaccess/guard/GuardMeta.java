package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.jsonrpc.MemberNames;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of {@code _meta} whose names begin with {@code io.mcpaccess/}: a server learns from them who calls, so the guard
 * alone may say them. What a client says there is dropped, also in letters that a lenient reader takes for these.
 */
final class GuardMeta {
    private static final String META = "_meta";
    private static final String OURS = "io.mcpaccess/";

    private GuardMeta() {}

    /**
     * @param message of a client
     * @return the same without what it may not say
     */
    static JsonRpcMessage without(JsonRpcMessage message) {
        if (message instanceof JsonRpcMessage.Request call) {
            JsonNode params = cleaned(call.params());
            return params == call.params() ? call : new JsonRpcMessage.Request(call.id(), call.method(), params);
        }
        if (message instanceof JsonRpcMessage.Notification note) {
            JsonNode params = cleaned(note.params());
            return params == note.params() ? note : new JsonRpcMessage.Notification(note.method(), params);
        }
        JsonRpcMessage.Response answer = (JsonRpcMessage.Response) message;
        JsonNode value = cleaned(answer.value());
        return value == answer.value() ? answer : new JsonRpcMessage.Response(answer.id(), answer.member(), value);
    }

    private static JsonNode cleaned(JsonNode holder) {
        if (!(holder instanceof ObjectNode object)) {
            return holder;
        }
        ObjectNode cleaned = null;
        for (String name : names(object)) {
            if (MemberNames.isLike(name, META)
                    && object.get(name) instanceof ObjectNode meta
                    && !spoken(meta).isEmpty()) {
                cleaned = cleaned == null ? shallowCopy(object) : cleaned;
                cleaned.set(name, shallowCopy(meta).remove(spoken(meta)));
            }
        }
        return cleaned == null ? holder : cleaned;
    }

    private static List<String> spoken(ObjectNode meta) {
        return names(meta).stream()
                .filter(name -> MemberNames.beginsLike(name, OURS))
                .toList();
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode shallowCopy(ObjectNode object) {
        ObjectNode copy = object.objectNode();
        copy.setAll(object);
        return copy;
    }
}
