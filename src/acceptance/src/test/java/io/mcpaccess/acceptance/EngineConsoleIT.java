package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the administrator does with the engine: AM's console asks the same addresses. */
class EngineConsoleIT {

    /** The embedded store has no use for it; the rules for secrets hold all the same. */
    private static final String TOKEN = "s3cret-token";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("alice")
                .application("agent")
                .server("billing", "https://billing.example.com/mcp", Tool.of("list_invoices", "invoices:read"))
                .setting("connectionUri", "http://127.0.0.1:1")
                .setting("apiToken", TOKEN)
                .tuple("user:alice", "can_call", "tool:list_invoices"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void theConsolesPagesHaveTheirAnswers() {
        JsonNode store = domain.settings("GET", "/store", null).json();
        assertThat(store.path("id").asText())
                .isNotEmpty()
                .isEqualTo(store.path("storeId").asText());
        assertThat(domain.settings("GET", "/authorization-models?pageSize=50", null)
                        .json()
                        .path("data"))
                .hasSize(1);
        assertThat(domain.settings("GET", "/tuples?pageSize=10", null)
                        .json()
                        .path("data")
                        .toString())
                .contains("user:alice", "can_call", "tool:list_invoices");
        ObjectNode check = Json.object()
                .put("user", "user:alice")
                .put("relation", "can_call")
                .put("object", "tool:list_invoices");
        assertThat(domain.settings("POST", "/check", check)
                        .json()
                        .path("allowed")
                        .asBoolean())
                .isTrue();
        assertThat(domain.settings("POST", "/check", check.put("user", "user:bob"))
                        .json()
                        .path("allowed")
                        .asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"callers|[null]", "subjekt|\"username\"", "checkClient|\"yes\"", "deadlineMillis|\"soon\""})
    void aSettingThatWouldQuietlyOpenIsRefusedByNameAndChangesNothing(String name, String value) {
        ObjectNode before = domain.engineConfiguration();
        ObjectNode wrong = before.deepCopy();
        wrong.set(name, Json.read(value));

        Http.Answer refused = domain.changeEngine(wrong);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().path("message").asText()).contains(name).contains(" ");
        assertThat(domain.engineConfiguration()).isEqualTo(before);
        assertThat(domain.server("billing").reason("user", "alice", "list_invoices", null))
                .isEqualTo("permitted");
    }

    @Test
    void aSecretStaysAsItWasAndIsAskedForAgainForAnotherAddress() {
        ObjectNode shown = domain.engineConfiguration();
        assertThat(shown.path("apiToken").asText()).matches("\\*+");

        Http.Answer saved = domain.changeEngine(shown.deepCopy().put("checkActor", false));
        Http.Answer moved = domain.changeEngine(shown.deepCopy().put("connectionUri", "http://127.0.0.1:2"));

        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        assertThat(moved.status()).as(moved.body()).isEqualTo(400);
        assertThat(moved.body()).contains("apiToken must be entered anew").doesNotContain(TOKEN);
    }

    @Test
    void aToolIsExplained() {
        ObjectNode question = Json.object()
                .put("user", "user:alice")
                .put("relation", "can_call")
                .put("object", "tool:list_invoices");

        Http.Answer explained = domain.settings("POST", "/explain", question);

        assertThat(explained.status()).as(explained.body()).isEqualTo(200);
        assertThat(explained.body()).contains("list_invoices");
    }

    @Test
    void theEngineIsHealthy() {
        Http.Answer health = domain.settings("GET", "/health", null);

        assertThat(health.status()).as(health.body()).isEqualTo(200);
    }
}
