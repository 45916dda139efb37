package io.mcpaccess.amctl.calltest;

import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tool call, and what shall come of it.
 *
 * @param type what the subject is: {@code user}, {@code application} or {@code agent}
 * @param id its name, not encoded
 * @param client the application that the token was issued to
 * @param server the MCP server that is called
 * @param tool the tool's key; the server need not have it
 * @param scopes the token's scopes; where they are left out, those that the tool needs
 * @param arguments what the server puts before conditions
 * @param time what time it is; empty where no condition may ask
 * @param decision whether the call shall get through
 * @param reason with which reason
 * @param place where it stands
 */
record ExpectedCall(
        String type,
        String id,
        Optional<String> client,
        McpServer server,
        String tool,
        Optional<Set<String>> scopes,
        Map<String, Object> arguments,
        Optional<Instant> time,
        Optional<Boolean> decision,
        Optional<ReasonCode> reason,
        Place place) {

    String question() {
        return type + ":" + id + client.map(name -> " by " + name).orElse("") + " calls " + server.name() + "/" + tool;
    }

    /** Expected in the form of an answer, with as much as was said. */
    String expected() {
        return decision.map(String::valueOf).orElse("")
                + reason.map(code -> decision.isPresent() ? " (" + code.wireName() + ")" : code.wireName())
                        .orElse("");
    }
}
