package io.mcpaccess.guard.oauth.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.mcpaccess.guard.oauth.TokenCheck;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures: only of the issuer, only with an algorithm that was allowed. */
class SignedTokensTest extends IssuerWithKeys {
    @Test
    void refusesASignatureOfAnotherKeyOfTheSameName() throws JOSEException {
        refused(signed(stranger, claims()), "signature_wrong");
    }

    @Test
    void refusesAChangedToken() throws JOSEException {
        String[] parts = signed(first, claims()).split("\\.");
        String other = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims().toString().replace("42", "43").getBytes(StandardCharsets.UTF_8));
        refused(parts[0] + "." + other + "." + parts[2], "signature_wrong");
    }

    @Test
    void refusesATokenThatNobodySigned() {
        refused(new PlainJWT(claims()).serialize(), "not_a_signed_jwt");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims().toString().getBytes(StandardCharsets.UTF_8));
        refused(none + "." + payload + ".c2ln", "not_a_signed_jwt");
        AM.verify(0, getRequestedFor(urlEqualTo(KEYS)));
    }

    @Test
    void neverTakesThePublicKeyForASecret() throws Exception {
        byte[] publicKey = first.toRSAPublicKey().getEncoded();
        SignedJWT confused = new SignedJWT(header(JWSAlgorithm.HS256, "first"), claims());
        confused.sign(new MACSigner(publicKey));
        refused(confused.serialize(), "algorithm_not_allowed");
    }

    @Test
    void neverTakesASecretOutOfTheKeySet() throws Exception {
        byte[] secret = new byte[32];
        published(new OctetSequenceKey.Builder(secret).keyID("first").build());
        SignedJWT symmetric = new SignedJWT(header(JWSAlgorithm.HS256, "first"), claims());
        symmetric.sign(new MACSigner(secret));
        refused(symmetric.serialize(), "algorithm_not_allowed");
        refused(signed(first, claims()), "key_unknown");
    }

    @Test
    void neverTakesTheKeyThatATokenBrings() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("mine")
                .jwk(stranger.toPublicJWK())
                .jwkURL(URI.create(AM.baseUrl() + "/evil"))
                .build();
        SignedJWT jwt = new SignedJWT(header, claims());
        jwt.sign(new RSASSASigner(stranger));
        refused(jwt.serialize(), "key_unknown");
        AM.verify(0, getRequestedFor(urlEqualTo("/evil")));
    }

    @Test
    void countsOnlyAllowedAlgorithms() throws JOSEException {
        tokens = tokens(TokenValidation.jwt().withAlgorithms(Set.of("ES256")), PATIENT);
        ECKey curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        published(first, curve);
        refused(signed(first, claims()), "algorithm_not_allowed");
        SignedJWT jwt = new SignedJWT(header(JWSAlgorithm.ES256, "curve"), claims());
        jwt.sign(new ECDSASigner(curve));
        accepted(jwt.serialize());
    }

    @Test
    void refusesAnAlgorithmThatTheKeyIsNotFor() throws JOSEException {
        SignedJWT jwt = new SignedJWT(header(JWSAlgorithm.PS512, "first"), claims());
        jwt.sign(new RSASSASigner(first));
        refused(jwt.serialize(), "key_unknown");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"JWT", "at+jwt", "application/at+JWT"})
    void acceptsTheTypesOfAccessTokens(String type) throws JOSEException {
        accepted(signed(typed(type), claims()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth-id-jag+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt"})
    void refusesOtherTypes(String type) throws JOSEException {
        refused(signed(typed(type), claims()), "type_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b.c", "a.b.c.d.e", "...", "e30.e30.e30"})
    void refusesWhatIsNoSignedJwt(String text) {
        refused(text, "not_a_signed_jwt");
    }

    @Test
    void refusesAHeaderThatIsNestedWithoutEnd() {
        String deep = "{\"alg\":\"RS256\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        String header = Base64.getUrlEncoder().withoutPadding().encodeToString(deep.getBytes(StandardCharsets.UTF_8));
        assertThat(check(header + ".e30.c2ln")).isInstanceOf(TokenCheck.Inactive.class);
    }

    /** RFC 7515, section 4.1.11: what is critical and not understood makes the token invalid. */
    @Test
    void refusesACriticalHeaderThatItDoesNotUnderstand() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .criticalParams(Set.of("http://example.com/unknown"))
                .customParam("http://example.com/unknown", true)
                .build();
        refused(signed(header, claims()), "signature_wrong");
    }
}
