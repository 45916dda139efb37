package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A domain's engine below its {@code settings}: its health, its store, and the registry of MCP servers. */
public final class AmEngine {
    private static final int TUPLES = 100;

    private final AmClient am;
    private final String settings;

    AmEngine(AmClient am, String settings) {
        this.am = am;
        this.settings = settings;
    }

    /**
     * How the engine is.
     *
     * @return {@code {reachable, modelId, detail, warnings, …}}
     */
    public JsonNode health() {
        return am.get(settings + "/health");
    }

    /**
     * The domain's MCP servers with tools and scopes, and whether the engine's model can decide about them.
     *
     * @return the registry's list
     */
    public JsonNode mcpServers() {
        return am.get(settings + "/mcp/servers").path("servers");
    }

    /**
     * Everything that the engine's store holds.
     *
     * @return tuples with the members user, relation, object and, where there is one, condition
     */
    public List<JsonNode> tuples() {
        String tuples = settings + "/tuples?pageSize=" + TUPLES;
        List<JsonNode> all = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = am.get(tuples + (token.isEmpty() ? "" : "&continuationToken=" + AmClient.encoded(token)));
            page.path("data").forEach(all::add);
            token = page.path("info").path("continuationToken").asText("");
        } while (!token.isEmpty() && !token.equals("null"));
        return all;
    }

    /**
     * Writes a tuple.
     *
     * @param tuple as {@link #tuples()} has them
     */
    public void addTuple(JsonNode tuple) {
        am.call("POST", settings + "/tuples", tuple);
    }

    /**
     * Removes a tuple.
     *
     * @param tuple as {@link #tuples()} has them
     */
    public void removeTuple(JsonNode tuple) {
        am.call("DELETE", settings + "/tuples", tuple);
    }

    /**
     * The model that was added last.
     *
     * @return OpenFGA's JSON; an empty object where there is none
     */
    public JsonNode model() {
        JsonNode models = am.get(settings + "/authorization-models?pageSize=1").path("data");
        return models.isEmpty() ? Json.object() : models.get(0);
    }

    /**
     * What a change would do.
     *
     * @param change as the registry takes it
     * @param progress hears the percentage that is done
     * @return the registry's answer
     */
    public JsonNode impact(JsonNode change, IntConsumer progress) {
        JsonNode answer = am.lines(settings + "/mcp/impact", change, line -> {
            if (line.has("progress")) {
                progress.accept(line.path("progress").asInt());
            }
        });
        if (!answer.has("summary")) {
            throw new AmFailure(
                    answer.path("http_status").asInt(500),
                    answer.path("message").asText("The impact broke off."));
        }
        return answer;
    }
}
