package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.oauth.SubjectRule;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class McpGuardJwtTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final String RESOURCE = "https://b.example/mcp";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"get_invoice\"}}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private ECKey key;
    private McpGuard guard;

    @BeforeEach
    void issuerHasAKey() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        String issuer = AM.baseUrl() + "/demo/oidc";
        AM.stubFor(get("/demo/oidc/.well-known/openid-configuration")
                .willReturn(okJson("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}")));
        AM.stubFor(get("/demo/oidc/keys").willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
        decision("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}");
        guard = new McpGuard(GuardConfiguration.of(AM.baseUrl() + "/demo", RESOURCE, "billing-mcp", "s2")
                .withTokens(TokenValidation.jwt())
                .withRules(Rules.usual().withSubject(SubjectRule.sub()))
                .withLimits(Limits.usual().withTimeouts(PATIENT, PATIENT)));
    }

    @Test
    void asksAboutTheCallWithTheTokenAndNeverIntrospects() throws JOSEException {
        String token = token(RESOURCE, key);
        assertThat(guard.check(call(token)).isAllowed()).isTrue();
        AM.verify(postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                .withRequestBody(equalToJson("""
                {"subject":{"type":"user","id":"42"},"action":{"name":"tools/call"},
                 "resource":{"type":"tool","id":"get_invoice"},"context":{"access_token":"TOKEN"}}""".replace("TOKEN", token))));
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/oauth/introspect")));
    }

    @Test
    void refusesACallWithATokenThatAmKnowsAsRevoked() throws JOSEException {
        decision("{\"decision\":false,\"context\":{\"reason_code\":\"token_inactive\"}}");
        refused(token(RESOURCE, key), 401, "token_inactive");
    }

    @Test
    void refusesATokenOfAnotherServerOrKeyWithoutAsking() throws JOSEException {
        refused(token("https://other.example/mcp", key), 401, "audience_mismatch");
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        refused(token(RESOURCE, other), 401, "signature_wrong");
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    /** As AM makes them: both are for the client that asked, never for an MCP server. */
    @Test
    void refusesIdTokenRefreshTokenAndTheServersOwnToken() throws JOSEException {
        refused(signed(claims("agent").claim("nonce", "n").claim("at_hash", "h"), key), 401, "audience_mismatch");
        refused(signed(claims("agent").claim("orig_resources", List.of(RESOURCE)), key), 401, "audience_mismatch");
        refused(signed(claims("billing-mcp").subject("billing-mcp"), key), 401, "audience_mismatch");
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void refusesWhileTheKeysCannotBeHad() throws JOSEException {
        AM.stubFor(get("/demo/oidc/keys").willReturn(aResponse().withStatus(500)));
        refused(token(RESOURCE, key), 503, "the issuer's keys cannot be had: the key set was answered with 500");
    }

    private void refused(String token, int status, String reason) {
        Refused refused = (Refused) guard.check(call(token));
        assertThat(refused.answer().status()).isEqualTo(status);
        assertThat(refused.reason()).isEqualTo(reason);
    }

    private static void decision(String body) {
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(okJson(body)));
    }

    private static GuardRequest call(String token) {
        return GuardRequest.post("Bearer " + token, CALL.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String audience, ECKey signer) throws JOSEException {
        return signed(claims(audience), signer);
    }

    private static JWTClaimsSet.Builder claims(String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(AM.baseUrl() + "/demo/oidc")
                .subject("42")
                .claim("gis", "idp:42")
                .audience(audience)
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey signer) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build();
        SignedJWT jwt = new SignedJWT(header, claims.build());
        jwt.sign(new ECDSASigner(signer));
        return jwt.serialize();
    }
}
