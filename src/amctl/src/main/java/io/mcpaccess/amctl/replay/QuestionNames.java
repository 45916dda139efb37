package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.audit.AuditedDecision;
import io.mcpaccess.amctl.tuples.ToolForm;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.TupleKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How permissions name what a decision was about. The log has the names of the question, and the engine's settings say the rest. */
public final class QuestionNames {

    /** Longer names are cut in the log. */
    private static final int CUT = 256;

    private final ToolForm form;
    private final boolean hasSource;
    private final Map<String, String> relations = new HashMap<>(Map.of("tools/call", "can_call"));
    private final JsonNode servers;

    /**
     * Names by the settings of an engine.
     *
     * @param configuration the engine's configuration
     * @param servers the registry's list of MCP servers
     */
    public QuestionNames(JsonNode configuration, JsonNode servers) {
        this.form = ToolForm.of(configuration.path("toolObject").asText(""));
        this.hasSource = configuration.path("subject").asText("").equals("source/username");
        configuration
                .path("actionAliases")
                .forEach(alias -> relations.put(
                        alias.path("action").asText(), alias.path("relation").asText()));
        this.servers = servers;
    }

    /**
     * The check behind a decision.
     *
     * @param decision the decision
     * @return the tuple that was asked about; empty where the log does not have all of its names
     */
    public Optional<TupleKey> of(AuditedDecision decision) {
        int colon = decision.subject().indexOf(':');
        if (colon < 1 || isUncertain(decision.subject()) || isUncertain(decision.resource())) {
            return Optional.empty();
        }
        String type = decision.subject().substring(0, colon);
        String id = decision.subject().substring(colon + 1);
        boolean isShort = hasSource && type.equals("user") && !id.contains("/");
        if (isShort || type.equals("identity")) {
            return Optional.empty();
        }
        try {
            String user = Identifiers.user(type, id);
            String relation = Identifiers.relation(relations.getOrDefault(decision.action(), decision.action()));
            return object(decision).map(object -> new TupleKey(user, relation, object));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }

    private static boolean isUncertain(String name) {
        return name.isEmpty() || name.length() >= CUT || name.contains("?");
    }

    private Optional<String> object(AuditedDecision decision) {
        if (!decision.type().equals("tool") || form == ToolForm.PLAIN) {
            return Optional.of(Identifiers.object(decision.type(), decision.resource()));
        }
        List<JsonNode> having = new ArrayList<>();
        for (JsonNode server : servers) {
            for (JsonNode tool : server.path("tools")) {
                String key = tool.path("key").asText();
                String name = form.name(server, key);
                if (name.equals("tool:" + Identifiers.encode(decision.resource()))) {
                    return Optional.of(name);
                }
                if (key.equals(decision.resource())) {
                    having.add(server);
                }
            }
        }
        Optional<JsonNode> own = having.stream()
                .filter(server -> server.path("name").asText().equals(decision.caller())
                        || server.path("clientId").asText().equals(decision.caller()))
                .findFirst();
        return own.or(() -> having.size() == 1 ? Optional.of(having.get(0)) : Optional.empty())
                .map(server -> form.name(server, decision.resource()));
    }
}
