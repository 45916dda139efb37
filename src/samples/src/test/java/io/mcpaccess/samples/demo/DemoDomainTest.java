package io.mcpaccess.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.openfga.language.DslToJsonTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDomainTest {
    private static final Path FILES = Path.of("demo");
    private static final String BILLING = "http://127.0.0.1:12345/mcp";

    @TempDir
    Path work;

    private DemoDomain domain;

    @BeforeEach
    void read() throws IOException {
        domain = DemoDomain.read(FILES.resolve("sandbox.yml"));
    }

    @Test
    void putsThisRunsPlacesInACopy() throws IOException {
        domain.place(BILLING);
        JsonNode written =
                new YAMLMapper().readTree(Files.readString(domain.writeTo(work, FILES.resolve("store.fga.yaml"))));
        assertThat(written.path("gateway").path("port").asInt(-1)).isZero();
        assertThat(written.path("management").path("port").asInt(-1)).isZero();
        assertThat(domain.resourceOf("billing")).isEqualTo(BILLING);
        assertThat(written.toString()).contains(BILLING).contains("invoices:read");
        assertThat(work.resolve("store.fga.yaml")).exists();
    }

    @Test
    void knowsTheSecretsOfTheRun() {
        assertThat(domain.credentials("billing").clientId()).isEqualTo("billing-mcp");
        assertThat(domain.passwordOf("alice")).isEqualTo("wonderland");
        assertThat(domain.id()).isEqualTo("demo");
    }

    @Test
    void everyToolsScopeIsDefined() throws IOException {
        JsonNode file = new YAMLMapper().readTree(Files.readString(FILES.resolve("sandbox.yml")));
        JsonNode first = file.path("domains").path(0);
        for (JsonNode server : first.path("protectedResources")) {
            for (JsonNode tool : server.path("features")) {
                assertThat(first.path("scopes").findValuesAsText("key"))
                        .contains(tool.path("scopes").path(0).asText());
            }
        }
    }

    @Test
    void theModelIsOneThatOpenFgaReads() throws Exception {
        JsonNode store = new YAMLMapper().readTree(Files.readString(FILES.resolve("store.fga.yaml")));
        String json = new DslToJsonTransformer().transform(store.path("model").asText());
        assertThat(json).contains("\"can_call\"").contains("1.1");
    }
}
