package io.mcpaccess.guard.proxy.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.proxy.identity.CallerFacts;
import io.mcpaccess.guard.proxy.identity.CallerHeaders;
import io.mcpaccess.guard.proxy.upstream.AllowedRequest;
import java.util.Optional;

/** Says who calls where there are no headers: in {@code _meta} of a message's params. The guard drops what a client says there. */
final class CallerMeta {
    /** The member of {@code _meta}. */
    static final String MEMBER = "io.mcpaccess/caller";

    private static final String META = "_meta";

    private CallerMeta() {}

    /**
     * @param request that the guard let through, with a message
     * @return the message for the server, UTF-8, without a line break
     */
    static byte[] message(AllowedRequest request) {
        JsonRpcMessage message = request.decision().forServer().message().orElseThrow();
        if (message instanceof JsonRpcMessage.Request call) {
            return new JsonRpcMessage.Request(call.id(), call.method(), params(call.params(), caller(request)))
                    .written();
        }
        return message.written();
    }

    private static JsonNode params(JsonNode given, Optional<ObjectNode> caller) {
        if (!given.isObject() || caller.isEmpty()) {
            return given;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.setAll((ObjectNode) given);
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        if (given.path(META) instanceof ObjectNode clients) {
            meta.setAll(clients);
        }
        meta.set(MEMBER, caller.get());
        params.set(META, meta);
        return params;
    }

    private static Optional<ObjectNode> caller(AllowedRequest request) {
        boolean told = request.identity().containsKey(CallerHeaders.SUBJECT);
        String signed = request.identity().get(CallerHeaders.SIGNED);
        if (!told && signed == null) {
            return Optional.empty();
        }
        ObjectNode caller = JsonNodeFactory.instance.objectNode();
        if (told) {
            CallerFacts facts = CallerFacts.of(request.decision().caller());
            caller.put("subject", facts.subject());
            facts.client().ifPresent(client -> caller.put("client", client));
            caller.put("scopes", facts.scopes());
            facts.actor().ifPresent(actor -> caller.put("actor", actor));
        }
        if (signed != null) {
            caller.put("token", signed);
        }
        return Optional.of(caller);
    }
}
