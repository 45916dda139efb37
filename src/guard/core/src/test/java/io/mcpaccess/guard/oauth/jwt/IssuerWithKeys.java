package io.mcpaccess.guard.oauth.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import io.mcpaccess.guard.oauth.TokenCheck;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An issuer whose keys a test publishes, and tokens that it signs. */
abstract class IssuerWithKeys {
    static final Duration PATIENT = Duration.ofSeconds(20);
    static final Instant NOW = Instant.ofEpochSecond(100_000);
    static final String RESOURCE = "https://b.example/mcp";
    static final String CONFIGURATION = "/demo/oidc/.well-known/openid-configuration";
    static final String KEYS = "/demo/oidc/keys";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    static RSAKey first;
    static RSAKey second;
    static RSAKey stranger;

    final MovingClock clock = new MovingClock();
    SignedTokens tokens;

    @BeforeAll
    static void makeKeys() throws JOSEException {
        first = key("first");
        second = key("second");
        stranger = key("first");
    }

    @BeforeEach
    void issuerHasItsFirstKey() {
        AM.stubFor(get(CONFIGURATION)
                .willReturn(okJson("{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + AM.baseUrl() + KEYS + "\"}")));
        published(first);
        tokens = tokens(TokenValidation.jwt(), PATIENT);
    }

    void unknown(SignedTokens checker) throws JOSEException {
        assertThat(checker.check(signed(first, claims())).join())
                .isInstanceOfSatisfying(
                        TokenCheck.Unknown.class,
                        unknown -> assertThat(unknown.reason()).startsWith("the issuer's keys cannot be had: "));
    }

    TokenCheck check(String token) {
        return tokens.check(token).join();
    }

    ActiveToken accepted(String token) {
        return assertThat(check(token))
                .asInstanceOf(type(TokenCheck.Accepted.class))
                .actual()
                .token();
    }

    void refused(String token, String reason) {
        assertThat(check(token)).isEqualTo(new TokenCheck.Inactive(reason));
    }

    SignedTokens tokens(TokenValidation.Jwt rules, Duration deadline) {
        return new SignedTokens(
                AmDomain.of(AM.baseUrl() + "/demo"),
                URI.create(issuer()),
                ResourceIdentifier.of(RESOURCE),
                rules,
                new RemoteCall(PATIENT, deadline),
                clock);
    }

    static String issuer() {
        return AM.baseUrl() + "/demo/oidc";
    }

    static String configuration() {
        return "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + AM.baseUrl() + KEYS + "\"}";
    }

    static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("42")
                .audience(RESOURCE)
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
    }

    static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm).keyID(keyId).build();
    }

    static JWSHeader typed(String type) {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first");
        return type == null
                ? header.build()
                : header.type(new JOSEObjectType(type)).build();
    }

    static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header(JWSAlgorithm.RS256, key.getKeyID()), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    static String signed(JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new RSASSASigner(first));
        return jwt.serialize();
    }

    static RSAKey key(String id) throws JOSEException {
        return new RSAKeyGenerator(2048)
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .generate();
    }

    static void published(JWK... keys) {
        AM.stubFor(get(KEYS).willReturn(okJson(new JWKSet(List.of(keys)).toString(false))));
    }

    static void fetched(int times) {
        AM.verify(times, getRequestedFor(urlEqualTo(KEYS)));
    }

    static final class MovingClock extends Clock {
        private Instant now = NOW;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
