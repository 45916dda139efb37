package io.mcpaccess.registry.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.registry.McpRegistry;
import io.mcpaccess.registry.map.EngineView;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.Map;

/** A registry served at AM's path over an AM in memory and a store of direct tuples. */
public final class Registered implements AutoCloseable {

    public final InMemoryAm am = new InMemoryAm();
    public final StubStore store = new StubStore();
    public final Map<String, String> settings = new HashMap<>();

    private final McpRegistry registry;
    private final ManagementApi api;

    /** A registry of an engine with default settings. */
    public Registered() {
        this(AccessSettings.DEFAULTS);
    }

    /** A registry. */
    public Registered(AccessSettings access) {
        registry = new McpRegistry(
                am,
                new EngineView(
                        store.checks,
                        store.searches,
                        store.administration,
                        access,
                        new CheckMapping(CheckMapping.DEFAULT_ALIASES),
                        store::explain,
                        store::snapshot),
                settings::get);
        api = new ManagementApi(new Settings(registry));
    }

    /** The path above {@code mcp}. */
    public static final class Settings {

        private final McpRegistry registry;

        Settings(McpRegistry registry) {
            this.registry = registry;
        }

        /** As the console's resource has it. */
        @Path("mcp")
        public Object mcp() {
            return registry.resource();
        }
    }

    /** Calls the registry as a JSON client. */
    public Reply call(String method, String path, String body) {
        return new Reply(api.call(method, InMemoryAm.DOMAIN, "mcp/" + path, body));
    }

    /** Calls the registry of a domain, and says what form of answer is wanted. */
    public Reply call(String method, String domain, String path, String body, String accept) {
        return new Reply(api.call(method, domain, "mcp/" + path, body, accept));
    }

    /** Opens the page in a browser. */
    public Reply page(String query, String language) {
        return new Reply(api.call("GET", InMemoryAm.DOMAIN, "mcp" + query, null, "text/html,*/*;q=0.8", language));
    }

    /** Sends the page's form. */
    public Reply form(String fields) {
        return new Reply(api.call("POST", InMemoryAm.DOMAIN, "mcp?view=whatif", fields, "text/html,*/*;q=0.8", "en"));
    }

    @Override
    public void close() {
        registry.close();
    }

    /** An answer. */
    public record Reply(ManagementApi.Answer answer) {

        /** The HTTP status. */
        public int status() {
            return answer.statusCode();
        }

        /** The body. */
        public String body() {
            return answer.body();
        }

        /** The body as JSON. */
        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(answer.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError(answer.body(), e);
            }
        }
    }
}
