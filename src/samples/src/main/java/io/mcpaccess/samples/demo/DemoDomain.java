package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The demo's sandbox.yml, made ready for one run: free ports, and the engine of this run. */
final class DemoDomain {
    private final ObjectNode file;

    private DemoDomain(ObjectNode file) {
        this.file = file;
    }

    static DemoDomain read(Path sandboxYml) throws IOException {
        return new DemoDomain((ObjectNode) new YAMLMapper().readTree(Files.readString(sandboxYml)));
    }

    /** Free ports for both nodes of AM, and this place for the billing server. */
    void place(String billingUrl) {
        ((ObjectNode) file.path("gateway")).put("port", 0);
        ((ObjectNode) file.path("management")).put("port", 0);
        ((ObjectNode) resource("billing")).putArray("resourceIdentifiers").add(billingUrl);
    }

    void engine(JsonNode configuration) {
        ((ObjectNode) domain().path("authorizationEngine")).set("configuration", configuration);
    }

    /** Writes it beside a copy of the store, where the embedded engine may write. */
    Path writeTo(Path directory, Path store) throws IOException {
        Files.copy(store, directory.resolve("store.fga.yaml"), StandardCopyOption.REPLACE_EXISTING);
        Path target = directory.resolve("sandbox.yml");
        Files.writeString(target, new YAMLMapper().writeValueAsString(file));
        return target;
    }

    String id() {
        return domain().path("id").asText();
    }

    String engineName() {
        return domain().path("authorizationEngine").path("name").asText();
    }

    /** A text of the engine's configuration, where this run has it. */
    Optional<String> engineConfiguration(String member) {
        return Optional.ofNullable(engineConfiguration().path(member).textValue());
    }

    List<String> usernames() {
        return domain().path("users").findValuesAsText("username");
    }

    JsonNode engineConfiguration() {
        return domain().path("authorizationEngine").path("configuration");
    }

    ClientCredentials credentials(String server) {
        JsonNode resource = resource(server);
        return new ClientCredentials(
                resource.path("clientId").asText(),
                resource.path("clientSecret").asText());
    }

    String resourceOf(String server) {
        return resource(server).path("resourceIdentifiers").path(0).asText();
    }

    JsonNode application() {
        return domain().path("applications").path(0);
    }

    String passwordOf(String username) {
        return named(domain().path("users"), "username", username)
                .path("password")
                .asText();
    }

    private JsonNode domain() {
        return file.path("domains").path(0);
    }

    private JsonNode resource(String name) {
        return named(domain().path("protectedResources"), "name", name);
    }

    private static JsonNode named(JsonNode list, String member, String value) {
        for (JsonNode one : list) {
            if (one.path(member).asText().equals(value)) {
                return one;
            }
        }
        throw new IllegalArgumentException("The demo's sandbox.yml has no " + member + " '" + value + "'.");
    }
}
