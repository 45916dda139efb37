package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.mcpaccess.guard.GuardDecision.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a whole answer of AM nothing is allowed. */
class McpGuardClosedTest extends GuardWithAm {
    @Test
    void refusesWhileTheEngineIsUnavailable() {
        decision(jsonResponse("{\"decision\":false,\"context\":{\"reason_code\":\"engine_unavailable\"}}", 503));
        unavailable(refused(bearer(CALL)), "engine_unavailable");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429, 500, 502})
    void neverAllowsOnAnotherStatusEvenWithAYesInTheBody(int status) {
        decision(jsonResponse(
                "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}", status));
        unavailable(refused(bearer(CALL)), String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"decision\":true}",
                "{\"decision\":true,\"context\":{\"layers\":[\"permission\"]}}",
                "{\"decision\":true,\"context\":{\"layers\":\"token scope permission\"}}"
            })
    void refusesAYesThatDoesNotRestOnTokenScopesAndPermission(String answer) {
        decision(okJson(answer));

        assertThat(guard.check(bearer(CALL)).isAllowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "yes", "{\"decision\":\"true\"}", "{\"decision\":false,\"decision\":true}"})
    void neverAllowsOnAnUnreadableDecision(String body) {
        decision(okJson(body));
        unavailable(refused(bearer(CALL)), "AuthZEN");
    }

    @Test
    void neverAllowsWhenTheDecisionIsLateOrBroken() {
        decision(okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}")
                .withFixedDelay(60_000));
        McpGuard hasty = guard(Limits.usual().withTimeouts(PATIENT, Duration.ofSeconds(1)));
        unavailable((Refused) hasty.check(bearer(CALL)), "no answer in time");
        decision(aResponse().withFault(Fault.EMPTY_RESPONSE));
        unavailable(refused(bearer(CALL)), "failed");
    }

    @Test
    void neverAllowsWhenIntrospectionFails() {
        introspection(aResponse().withStatus(500));
        unavailable(refused(bearer(CALL)), "introspection");
        introspection(aResponse().withStatus(401));
        unavailable(refused(bearer(CALL)), "client id or secret");
        introspection(okJson("{\"active\":\"true\"}"));
        unavailable(refused(bearer(CALL)), "active");
    }
}
