package io.mcpaccess.guard.proxy.observe;

import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.jsonrpc.JsonRpcReader;
import io.mcpaccess.guard.jsonrpc.MalformedMessageException;
import java.util.Optional;

/**
 * What a message is about.
 *
 * @param method its method; empty for a response, and for no message
 * @param tool that is called; empty for none
 */
record Asked(String method, String tool) {
    private static final Asked NOTHING = new Asked("", "");
    private static final JsonRpcReader READER = new JsonRpcReader();

    /** A refused message is read again for its names: that is rare, and the guard keeps nothing of it. */
    static Asked of(GuardDecision decision, byte[] body) {
        if (decision instanceof GuardDecision.Allowed allowed) {
            return allowed.forServer().message().map(Asked::of).orElse(NOTHING);
        }
        try {
            return body.length == 0 ? NOTHING : of(READER.read(body));
        } catch (MalformedMessageException noMessage) {
            return NOTHING;
        }
    }

    private static Asked of(JsonRpcMessage message) {
        if (message instanceof JsonRpcMessage.Request call) {
            String tool = call.method().equals("tools/call")
                    ? Optional.ofNullable(call.params().path("name").textValue())
                            .orElse("")
                    : "";
            return new Asked(call.method(), tool);
        }
        return message instanceof JsonRpcMessage.Notification note ? new Asked(note.method(), "") : NOTHING;
    }
}
