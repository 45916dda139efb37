package io.mcpaccess.guard.proxy.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.jsonrpc.MemberNames;
import io.mcpaccess.guard.proxy.identity.CallerFacts;
import io.mcpaccess.guard.proxy.identity.CallerHeaders;
import io.mcpaccess.guard.proxy.upstream.AllowedRequest;
import java.util.Optional;
import java.util.Set;

/** Says who calls where there are no headers: in {@code _meta} of a message's params. What a client says there is dropped. */
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
        if (message instanceof JsonRpcMessage.Notification note) {
            return new JsonRpcMessage.Notification(note.method(), params(note.params(), Optional.empty())).written();
        }
        return message.written();
    }

    private static JsonNode params(JsonNode given, Optional<ObjectNode> caller) {
        if (!given.isObject() || caller.isEmpty() && !saysWhoCalls(given.path(META))) {
            return given;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.setAll((ObjectNode) given);
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        if (given.path(META) instanceof ObjectNode clients) {
            clients.properties().forEach(one -> {
                if (!saysWhoCalls(JsonNodeFactory.instance.objectNode().putNull(one.getKey()))) {
                    meta.set(one.getKey(), one.getValue());
                }
            });
        }
        caller.ifPresent(facts -> meta.set(MEMBER, facts));
        params.set(META, meta);
        return params;
    }

    /** Also by a name that a program's lenient reader takes for it. */
    private static boolean saysWhoCalls(JsonNode meta) {
        return meta.has(MEMBER) || MemberNames.hasLookalike(meta, Set.of(MEMBER));
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
