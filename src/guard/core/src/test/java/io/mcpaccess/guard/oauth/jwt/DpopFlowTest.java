package io.mcpaccess.guard.oauth.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.GuardRequest;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.RequestHead;
import io.mcpaccess.guard.oauth.PresentedProof;
import io.mcpaccess.guard.oauth.ProofRules;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A token that is bound to a key or certificate is good with the proof alone, and each proof once (RFC 9449, RFC 8705). */
class DpopFlowTest {
    private static final String RESOURCE = "https://billing.example.com/mcp";
    private static final String TOKEN = "the-token";
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final byte[] CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"get_invoice\"}}"
                    .getBytes(StandardCharsets.UTF_8);
    private static ECKey key;
    private static ECKey stolen;

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private McpGuard guard;

    @BeforeAll
    static void makeKeys() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).generate();
        stolen = new ECKeyGenerator(Curve.P_256).generate();
    }

    @BeforeEach
    void aliceHasABoundToken() throws JOSEException {
        guard = guard(ProofRules.usual());
        confirmation("{\"jkt\":\"" + key.computeThumbprint() + "\"}");
        AM.stubFor(post("/demo/access/v1/evaluation")
                .willReturn(
                        okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}")));
    }

    @Test
    void takesABoundTokenWithAProofAndTellsAmThatItWasChecked() throws JOSEException {
        assertThat(dpop(proof(claims -> {})).isAllowed()).isTrue();
        AM.verify(postRequestedFor(urlEqualTo("/demo/access/v1/evaluation"))
                .withRequestBody(matchingJsonPath("$.context[?(@.access_token_proof_checked == true)]")));
    }

    @Test
    void attackABoundTokenAsPlainBearer() {
        Refused refused = refused(send("Bearer " + TOKEN, List.of()), "bound_token_as_bearer");
        assertThat(refused.answer().headers().get("WWW-Authenticate"))
                .startsWith("DPoP error=\"invalid_token\"")
                .contains("algs=\"ES256 ES384", "resource_metadata=");
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void attackABoundTokenAsPlainBearerBesideAGoodProof() throws JOSEException {
        refused(send("Bearer " + TOKEN, List.of(proof(claims -> {}))), "bound_token_as_bearer");
    }

    @Test
    void attackAProofThatIsUsedAgain() throws JOSEException {
        String proof = proof(claims -> {});
        assertThat(dpop(proof).isAllowed()).isTrue();
        refused(dpop(proof), "proof_used_already");
        String sameId = proof(claims -> claims.jwtID("twice"));
        String again = proof(claims -> claims.jwtID("twice").claim("x", 1));
        assertThat(dpop(sameId).isAllowed()).isTrue();
        refused(dpop(again), "proof_used_already");
    }

    @Test
    void attackSeveralProofsOrNone() throws JOSEException {
        refused(send("DPoP " + TOKEN, List.of(proof(c -> {}), proof(c -> {}))), "several_proofs");
        refused(send("DPoP " + TOKEN, List.of(proof(c -> {}) + ", " + proof(c -> {}))), "proof_unreadable");
        refused(send("DPoP " + TOKEN, List.of()), "proof_missing");
        refused(send("DPoP " + TOKEN, List.of("x".repeat(9000))), "several_proofs");
        refused(send("DPoP " + TOKEN, List.of("a.b.c")), "proof_unreadable");
    }

    @Test
    void attackAProofForSomethingElse() throws JOSEException {
        refused(dpop(proof(claims -> claims.claim("htm", "GET"))), "proof_of_another_method");
        refused(dpop(proof(claims -> claims.claim("htm", "post"))), "proof_of_another_method");
        refused(dpop(proof(claims -> claims.claim("htm", null))), "proof_of_another_method");
        for (String url : List.of(
                "https://other.example.com/mcp",
                "http://billing.example.com/mcp",
                "https://billing.example.com/mcp/",
                "https://billing.example.com:8443/mcp",
                "https://u@billing.example.com/mcp",
                "/mcp",
                "")) {
            refused(dpop(proof(claims -> claims.claim("htu", url))), "proof_for_another_url");
        }
        refused(dpop(proof(claims -> claims.claim("ath", PresentedProof.hash("other")))), "proof_for_another_token");
        refused(dpop(proof(claims -> claims.claim("ath", null))), "proof_for_another_token");
        refused(dpop(proof(claims -> claims.jwtID(null))), "proof_without_id");
        refused(dpop(proof(claims -> claims.jwtID("x".repeat(300)))), "proof_without_id");
        refused(dpop(proof(claims -> claims.issueTime(null))), "proof_of_another_time");
        refused(dpop(proof(claims -> claims.issueTime(at(-91)))), "proof_of_another_time");
        refused(dpop(proof(claims -> claims.issueTime(at(31)))), "proof_of_another_time");
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void takesTheUrlAsClientsWriteIt() throws JOSEException {
        for (String url : List.of(
                "https://BILLING.example.com/mcp",
                "HTTPS://billing.example.com:443/mcp",
                RESOURCE + "?x=1",
                RESOURCE + "#x")) {
            assertThat(dpop(proof(claims -> claims.claim("htu", url))).isAllowed())
                    .as(url)
                    .isTrue();
        }
        assertThat(dpop(proof(claims -> claims.issueTime(at(-89)))).isAllowed()).isTrue();
        assertThat(dpop(proof(claims -> claims.issueTime(at(29)))).isAllowed()).isTrue();
    }

    @Test
    void attackAProofOfAnotherKey() throws JOSEException {
        refused(dpop(proof(stolen, header -> header, claims -> {})), "proof_of_another_key");
        // The right key in the header, the signature of another.
        String forged = proof(stolen, header -> header.jwk(key.toPublicJWK()), claims -> {});
        refused(dpop(forged), "proof_signature");
    }

    @Test
    void attackAProofWithAHeaderOfAnotherKind() throws JOSEException {
        refused(dpop(proof(key, header -> header.type(JOSEObjectType.JWT), claims -> {})), "proof_type");
        refused(dpop(proof(key, header -> header.jwk(null), claims -> {})), "proof_key");
        refused(dpop(none()), "proof_unreadable");
        refused(dpop(hmac()), "proof_algorithm");
        refused(dpop(withPrivateKey()), "proof_unreadable");
        McpGuard narrow = guard(ProofRules.usual().withAlgorithms(java.util.Set.of("RS256")));
        assertThat(((Refused) narrow.check(request("DPoP " + TOKEN, List.of(proof(claims -> {})), Optional.empty())))
                        .reason())
                .isEqualTo("proof_algorithm");
    }

    @Test
    void attackATokenBoundToSomethingThatNobodyCanCheck() throws JOSEException {
        for (String cnf : List.of(
                "{}",
                "{\"kid\":\"x\"}",
                "\"x\"",
                "[]",
                "{\"jkt\":1}",
                "{\"jkt\":\"\"}",
                "{\"jkt\":\"" + key.computeThumbprint() + "\",\"kid\":\"x\"}")) {
            confirmation(cnf);
            refused(dpop(proof(claims -> {})), "confirmation_unknown");
            refused(send("Bearer " + TOKEN, List.of()), "confirmation_unknown");
        }
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson("{\"active\":true,\"token_type\":\"DPoP\",\"aud\":\"" + RESOURCE
                        + "\",\"username\":\"alice\"}")));
        refused(send("Bearer " + TOKEN, List.of()), "confirmation_unknown");
    }

    @Test
    void attackAPlainTokenWithTheSchemeOfBoundOnes() throws JOSEException {
        confirmation("null");
        assertThat(send("Bearer " + TOKEN, List.of()).isAllowed()).isTrue();
        refused(dpop(proof(claims -> {})), "token_not_bound");
    }

    @Test
    void attackACertificateThatIsAnother() {
        confirmation("{\"x5t#S256\":\"abc\"}");
        refused(send("Bearer " + TOKEN, List.of()), "certificate_missing_or_other");
        assertThat(((Refused) guard.check(request("Bearer " + TOKEN, List.of(), Optional.of("abd")))).reason())
                .isEqualTo("certificate_missing_or_other");
        assertThat(guard.check(request("Bearer " + TOKEN, List.of(), Optional.of("abc")))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void attackOneKeyFillsTheMemoryOfProofs() throws JOSEException {
        guard = guard(new ProofRules(false, java.util.Set.of("ES256"), Duration.ofMinutes(1), Duration.ZERO, 20));
        assertThat(dpop(proof(claims -> {})).isAllowed()).isTrue();
        assertThat(dpop(proof(claims -> {})).isAllowed()).isTrue();
        Refused full = refused(dpop(proof(claims -> {})), "too_many_proofs");
        assertThat(full.answer().status()).isEqualTo(429);
    }

    @Test
    void remembersProofsForTheirTimeAlone() {
        UsedProofs used = new UsedProofs(Duration.ofSeconds(60), 10);
        assertThat(used.take("k", "1", NOW)).isEqualTo(UsedProofs.Use.FIRST);
        assertThat(used.take("k", "1", NOW.plusSeconds(59))).isEqualTo(UsedProofs.Use.AGAIN);
        assertThat(used.take("k", "1", NOW.plusSeconds(60))).isEqualTo(UsedProofs.Use.FIRST);
        assertThat(used.size()).isEqualTo(1);
        assertThat(used.take("k1", "", NOW.plusSeconds(60))).isEqualTo(UsedProofs.Use.FIRST);
    }

    @Test
    void whereBoundTokensAreRequiredAPlainOneIsRefusedAndToldSo() {
        confirmation("null");
        guard = guard(ProofRules.usual().asRequired());
        Refused refused = refused(send("Bearer " + TOKEN, List.of()), "token_not_bound");
        assertThat(refused.answer().headers().get("WWW-Authenticate")).startsWith("DPoP error=\"invalid_token\"");
        Refused nothing = (Refused) guard.check(GuardRequest.of("POST", Map.of(), CALL));
        assertThat(nothing.answer().headers().get("WWW-Authenticate")).startsWith("DPoP algs=");
        assertThat(guard.metadata().toJson()).contains("\"dpop_bound_access_tokens_required\":true");
    }

    @Test
    void aStepUpOfABoundTokenIsChallengedAsSuch() throws JOSEException {
        AM.stubFor(post("/demo/access/v1/evaluation")
                .willReturn(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\","
                        + "\"required_scopes\":[\"s\"]}}")));
        assertThat(refused(dpop(proof(claims -> {})), "scope_missing")
                        .answer()
                        .headers()
                        .get("WWW-Authenticate"))
                .startsWith("DPoP error=\"insufficient_scope\"");
    }

    private GuardDecision dpop(String proof) {
        return send("DPoP " + TOKEN, List.of(proof));
    }

    private GuardDecision send(String authorization, List<String> proofs) {
        return guard.check(request(authorization, proofs, Optional.empty()));
    }

    private static GuardRequest request(String authorization, List<String> proofs, Optional<String> certificate) {
        Map<String, List<String>> headers = new HashMap<>(Map.of("Authorization", List.of(authorization)));
        headers.put("dpop", proofs);
        return new GuardRequest(RequestHead.of("POST", headers).withCertificate(certificate), CALL);
    }

    private static Refused refused(GuardDecision decision, String reason) {
        assertThat(decision.isAllowed()).as(reason).isFalse();
        Refused refused = (Refused) decision;
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.answer().toString()).doesNotContain(TOKEN);
        return refused;
    }

    private static void confirmation(String cnf) {
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson(
                        "{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"username\":\"alice\",\"cnf\":" + cnf + "}")));
    }

    private static McpGuard guard(ProofRules rules) {
        return new McpGuard(
                GuardConfiguration.of(AM.baseUrl() + "/demo", RESOURCE, "billing-mcp", "s2")
                        .withProofs(rules)
                        .withLimits(Limits.usual()
                                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20))
                                .withTokenCache(Duration.ZERO)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String proof(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return proof(key, header -> header, change);
    }

    private static String proof(
            ECKey signer, UnaryOperator<JWSHeader.Builder> header, Consumer<JWTClaimsSet.Builder> change)
            throws JOSEException {
        JWSHeader.Builder usual = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(signer.toPublicJWK());
        SignedJWT proof = new SignedJWT(header.apply(usual).build(), claims(change));
        proof.sign(new ECDSASigner(signer));
        return proof.serialize();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(at(0))
                .claim("htm", "POST")
                .claim("htu", RESOURCE)
                .claim("ath", PresentedProof.hash(TOKEN));
        change.accept(claims);
        return claims.build();
    }

    private static Date at(long seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String none() {
        return base64("{\"alg\":\"none\",\"typ\":\"dpop+jwt\",\"jwk\":" + key.toPublicJWK() + "}") + "."
                + base64(claims(claims -> {}).toString()) + ".";
    }

    private static String hmac() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        SignedJWT proof = new SignedJWT(header, claims(claims -> {}));
        proof.sign(new MACSigner(new byte[32]));
        return proof.serialize();
    }

    private static String withPrivateKey() throws JOSEException {
        String[] parts = proof(claims -> {}).split("\\.");
        return base64("{\"alg\":\"ES256\",\"typ\":\"dpop+jwt\",\"jwk\":" + key.toJSONString() + "}") + "." + parts[1]
                + "." + parts[2];
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
