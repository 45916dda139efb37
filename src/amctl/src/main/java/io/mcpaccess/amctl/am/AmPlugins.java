package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The plugins of AM's management node, as its catalogue has them. */
public final class AmPlugins {
    private static final String ENGINE_TYPE = "openfga";

    private final AmClient am;

    AmPlugins(AmClient am) {
        this.am = am;
    }

    /**
     * A policy plugin that AM has deployed (PolicyPluginResource).
     *
     * @param policy the plugin's id
     * @return AM's description of it, with {@code version}; empty where there is none
     */
    public Optional<JsonNode> policy(String policy) {
        try {
            return Optional.of(am.get("/platform/plugins/policies/" + AmClient.encoded(policy)));
        } catch (AmFailure e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The engine plugin that AM has, deployed or not (AuthorizationEnginesPluginResource).
     *
     * @return AM's description of it, with {@code version}, {@code feature} and {@code deployed}; empty where there is none
     */
    public Optional<JsonNode> engine() {
        for (JsonNode plugin : am.get("/platform/plugins/authorization-engines")) {
            if (ENGINE_TYPE.equals(plugin.path("id").asText())) {
                return Optional.of(plugin);
            }
        }
        return Optional.empty();
    }
}
