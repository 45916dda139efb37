package io.mcpaccess.authzen;

import static io.mcpaccess.authzen.testing.AmDomain.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.core.spi.EngineOperations;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches (AuthZEN 1.0, section 8) over HTTP. */
class SearchEndpointsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHO_READS = """
        {"subject": {"type": "user", "id": "ignored"}, "action": {"name": "read"},
         "resource": {"type": "record", "id": "r1"}%s}\
        """;
    private static final String WHAT_ALICE_READS = """
        {"subject": {"type": "user", "id": "alice"}, "action": {"name": "read"}, "resource": {"type": "record"}%s}\
        """;
    private static final String WHAT_ALICE_MAY_DO = """
        {"subject": {"type": "user", "id": "alice"}, "resource": {"type": "record", "id": "r1"}}\
        """;

    private final SpiEngine engine = new SpiEngine();
    private AmDomain domain;

    @BeforeEach
    void start() throws Exception {
        engine.permissions.addAll(Set.of(
                "user:alice read record:r1",
                "user:alice write record:r1",
                "user:alice read record:r2",
                "user:alice read record:r3",
                "user:bob read record:r1"));
        domain = AmDomain.startedWith(engine);
    }

    @AfterEach
    void stop() throws Exception {
        domain.close();
    }

    @Test
    void findsSubjectsAndIgnoresTheSubjectsId() throws Exception {
        HttpResponse<String> response = domain.ask("/search/subject", WHO_READS.formatted(""));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).startsWith("{\"page\":{\"next_token\":\"\"}");
        assertThat(json(response)).isEqualTo(JSON.readTree("""
            {"page": {"next_token": ""},
             "results": [{"type": "user", "id": "alice"}, {"type": "user", "id": "bob"}]}\
            """));
    }

    @Test
    void findsResources() throws Exception {
        assertThat(results("/search/resource", WHAT_ALICE_READS.formatted(""))).hasSize(3);
    }

    @Test
    void findsActions() throws Exception {
        assertThat(results("/search/action", WHAT_ALICE_MAY_DO).findValuesAsText("name"))
                .containsExactly("read", "write");
    }

    @Test
    void unknownTypesGiveNoResults() throws Exception {
        assertThat(results("/search/resource", WHAT_ALICE_READS.formatted("").replace("record", "planet")))
                .isEmpty();
    }

    @Test
    void aPartialResultCarriesATokenForTheRest() throws Exception {
        JsonNode first = json(domain.ask("/search/resource", WHAT_ALICE_READS.formatted(", \"page\": {\"limit\": 2}")));
        assertThat(first.path("results").findValuesAsText("id")).containsExactly("r1", "r2");
        String token = first.at("/page/next_token").asText();
        assertThat(token).isNotEmpty();

        JsonNode second = json(domain.ask(
                "/search/resource", WHAT_ALICE_READS.formatted(", \"page\": {\"token\": \"" + token + "\"}")));
        assertThat(second.path("results").findValuesAsText("id")).containsExactly("r3");
        assertThat(second.at("/page/next_token").asText("missing")).isEmpty();
    }

    @Test
    void aTokenThatIsForgedOrOfAnotherQueryOrCallerIs400() throws Exception {
        String token = json(domain.ask("/search/resource", WHAT_ALICE_READS.formatted(", \"page\": {\"limit\": 2}")))
                .at("/page/next_token")
                .asText();
        String mine = WHAT_ALICE_READS.formatted(", \"page\": {\"token\": \"" + token + "\"}");
        String forged = WHAT_ALICE_READS.formatted(", \"page\": {\"token\": \"x" + token + "\"}");

        assertThat(domain.ask("/search/resource", forged).statusCode()).isEqualTo(400);
        assertThat(domain.ask("/search/resource", mine.replace("read", "write")).statusCode())
                .isEqualTo(400);
        HttpResponse<String> stolen = domain.ask("/search/resource", mine, "application/json", basic("agent:s"));
        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(stolen.body()).contains("page.token");
    }

    @Test
    void malformedSearchesAre400() throws Exception {
        assertThat(domain.ask("/search/subject", WHO_READS.formatted(", \"page\": []"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(domain.ask("/search/subject", "{}").statusCode()).isEqualTo(400);
        assertThat(domain.ask("/search/action", "[]").statusCode()).isEqualTo(400);
    }

    @Test
    void anEngineThatDoesNotOfferASearchMakesIt404() throws Exception {
        engine.offered = Set.of(EngineOperations.SEARCH_ACTION);
        assertThat(domain.ask("/search/subject", WHO_READS.formatted("")).statusCode())
                .isEqualTo(404);
        assertThat(domain.ask("/search/action", WHAT_ALICE_MAY_DO).statusCode()).isEqualTo(200);
    }

    @Test
    void anEngineOfSomebodyElseOffersNone() throws Exception {
        domain.engine(mock(AuthorizationEngineProvider.class));
        assertThat(domain.ask("/search/action", WHAT_ALICE_MAY_DO).statusCode()).isEqualTo(404);
    }

    @Test
    void anEngineThatIsDownOrMissingIs503WithTheReason() throws Exception {
        engine.down = true;
        HttpResponse<String> down = domain.ask("/search/action", WHAT_ALICE_MAY_DO);
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(json(down).at("/context/reason_code").asText()).isEqualTo("engine_unavailable");
        assertThat(json(down).path("decision").booleanValue()).isFalse();

        domain.engine(null);
        HttpResponse<String> missing = domain.ask("/search/action", WHAT_ALICE_MAY_DO);
        assertThat(missing.statusCode()).isEqualTo(503);
        assertThat(json(missing).at("/context/reason_code").asText()).isEqualTo("engine_not_configured");
    }

    @Test
    void strangersLearnNothing() throws Exception {
        assertThat(domain.ask("/search/action", WHAT_ALICE_MAY_DO, "application/json", null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aKeyThatIsNoneTurnsSearchesOffAndLeavesEvaluationOn() throws Exception {
        try (AmDomain misconfigured = new AmDomain(Map.of("mcp.search.pagingKey", "short"))) {
            misconfigured.engine(engine);
            misconfigured.start();
            assertThat(misconfigured.ask("/search/action", WHAT_ALICE_MAY_DO).statusCode())
                    .isEqualTo(404);
            assertThat(misconfigured.ask("/evaluation", WHO_READS.formatted("")).statusCode())
                    .isEqualTo(200);
        }
    }

    private JsonNode results(String path, String body) throws Exception {
        HttpResponse<String> response = domain.ask(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("results");
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }
}
