package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.GuardDecision.Kind;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guard, and an AM whose answers a test sets: alice has an active token and may call. */
abstract class GuardWithAm {
    static final Duration PATIENT = Duration.ofSeconds(20);
    static final Instant NOW = Instant.ofEpochSecond(1_000);
    static final String RESOURCE = "https://billing.example.com/mcp";
    static final String METADATA = "https://billing.example.com/.well-known/oauth-protected-resource/mcp";
    static final ClientCredentials OWN = new ClientCredentials("billing-mcp", "s2");
    static final String CALL =
            "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'get_invoice','arguments':{}}}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    McpGuard guard;

    @BeforeEach
    void aliceHasAnActiveToken() {
        guard = guard(Limits.usual().withTimeouts(PATIENT, PATIENT));
        introspection(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                + "\",\"exp\":1100,\"username\":\"alice\",\"client_id\":\"agent\",\"scope\":\"invoices:read\"}"));
        decision(okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}"));
    }

    static McpGuard guard(Limits limits) {
        return new McpGuard(configuration(limits), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static McpGuard guard(Rules rules) {
        Limits patient = Limits.usual().withTimeouts(PATIENT, PATIENT);
        return new McpGuard(configuration(patient).withRules(rules), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static GuardConfiguration configuration(Limits limits) {
        return GuardConfiguration.of(AM.baseUrl() + "/demo", RESOURCE, OWN.clientId(), OWN.clientSecret())
                .withLimits(limits);
    }

    static void introspection(ResponseDefinitionBuilder answer) {
        AM.stubFor(post("/demo/oauth/introspect").willReturn(answer));
    }

    static void decision(ResponseDefinitionBuilder answer) {
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(answer));
    }

    static void nothingAsked() {
        AM.verify(0, anyRequestedFor(anyUrl()));
    }

    Refused refused(GuardRequest request) {
        GuardDecision decision = guard.check(request);
        assertThat(decision.isAllowed()).isFalse();
        return (Refused) decision;
    }

    static void invalidToken(Refused refused, String reason) {
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.answer().status()).isEqualTo(401);
        assertThat(refused.answer().headers().get("WWW-Authenticate"))
                .startsWith("Bearer error=\"invalid_token\"")
                .endsWith("resource_metadata=\"" + METADATA + "\"");
    }

    static void unavailable(Refused refused, String reason) {
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused.reason()).contains(reason).doesNotContain("the-token");
        assertThat(refused.answer().status()).isEqualTo(503);
        assertThat(refused.answer().body()).contains("-32603");
    }

    static GuardRequest bearer(String singleQuoted) {
        return GuardRequest.post("Bearer the-token", body(singleQuoted));
    }

    static GuardRequest own(String singleQuoted) {
        return GuardRequest.post(OWN.basicHeader(), body(singleQuoted));
    }

    static GuardRequest withHeaders(String method, String name) {
        return new GuardRequest(
                "POST",
                List.of("Bearer the-token"),
                new McpHeaders(Optional.empty(), Optional.of(method), Optional.of(name), Optional.empty()),
                body(CALL));
    }

    static GuardRequest request(String httpMethod, String authorization) {
        return new GuardRequest(httpMethod, List.of(authorization), McpHeaders.none(), new byte[0]);
    }

    static byte[] body(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
