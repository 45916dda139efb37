package io.mcpaccess.guard.oauth.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import io.mcpaccess.guard.oauth.TokenCheck;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.ofEpochSecond(100_000);
    private static final String RESOURCE = "https://b.example/mcp";
    private static final String CONFIGURATION = "/demo/oidc/.well-known/openid-configuration";
    private static final String KEYS = "/demo/oidc/keys";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private static RSAKey first;
    private static RSAKey second;
    private static RSAKey stranger;

    private final MovingClock clock = new MovingClock();
    private SignedTokens tokens;

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

    @Test
    void acceptsATokenOfTheIssuerForThisServer() throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(claims())
                .claim("username", "alice")
                .claim("client_id", "agent")
                .claim("scope", "openid invoices:read")
                .audience(List.of("https://other.example", RESOURCE))
                .build();
        ActiveToken token = accepted(signed(first, claims));
        assertThat(token.username()).contains("alice");
        assertThat(token.subject()).contains("42");
        assertThat(token.clientId()).contains("agent");
        assertThat(token.scopes()).containsExactlyInAnyOrder("openid", "invoices:read");
        assertThat(token.audiences()).contains(RESOURCE);
        assertThat(token.expiresAt()).contains(NOW.plusSeconds(60));
    }

    @Test
    void fetchesTheKeysOnceForManyTokens() throws JOSEException {
        for (int times = 0; times < 5; times++) {
            accepted(signed(first, claims()));
        }
        fetched(1);
    }

    @Test
    void knowsANewKeyAtItsFirstToken() throws JOSEException {
        accepted(signed(first, claims()));
        published(first, second);
        clock.advance(IssuerKeys.PAUSE);
        accepted(signed(second, claims()));
        fetched(2);
    }

    @Test
    void forgetsAKeyThatTheIssuerWithdrew() throws JOSEException {
        accepted(signed(first, claims()));
        published(second);
        clock.advance(IssuerKeys.PAUSE);
        accepted(signed(second, claims()));
        refused(signed(first, claims()), "key_unknown");
    }

    @Test
    void makesNoFloodOfInventedKeyIds() throws JOSEException {
        accepted(signed(first, claims()));
        clock.advance(IssuerKeys.PAUSE);
        for (int times = 0; times < 20; times++) {
            refused(signed(header(JWSAlgorithm.RS256, "invented-" + times), claims()), "key_unknown");
        }
        fetched(2);
    }

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

    @Test
    void takesTheOnlyKeyForATokenThatNamesNone() throws JOSEException {
        accepted(signed(header(JWSAlgorithm.RS256, null), claims()));
        published(first, second);
        clock.advance(Duration.ofMinutes(1));
        tokens = tokens(TokenValidation.jwt(), PATIENT);
        refused(signed(header(JWSAlgorithm.RS256, null), claims()), "key_unknown");
    }

    @Test
    void refusesATokenForAnotherServer() throws JOSEException {
        JWTClaimsSet other = new JWTClaimsSet.Builder(claims())
                .audience("https://b.example/mcp/")
                .build();
        assertThat(check(signed(first, other))).isInstanceOf(TokenCheck.ForAnotherServer.class);
        JWTClaimsSet none =
                new JWTClaimsSet.Builder(claims()).audience((String) null).build();
        assertThat(check(signed(first, none))).isInstanceOf(TokenCheck.ForAnotherServer.class);
    }

    @Test
    void refusesATokenOfAnotherIssuer() throws JOSEException {
        refused(
                signed(
                        first,
                        new JWTClaimsSet.Builder(claims())
                                .issuer(issuer() + "/")
                                .build()),
                "issuer_mismatch");
        refused(signed(first, new JWTClaimsSet.Builder(claims()).issuer(null).build()), "issuer_mismatch");
    }

    @Test
    void refusesATokenOutsideItsTimes() throws JOSEException {
        clock.advance(Duration.ofSeconds(89));
        accepted(signed(first, claims()));
        clock.advance(Duration.ofSeconds(1));
        refused(signed(first, claims()), "token_expired");
        JWTClaimsSet forEver =
                new JWTClaimsSet.Builder(claims()).expirationTime(null).build();
        refused(signed(first, forEver), "token_without_expiry");
        JWTClaimsSet soon = new JWTClaimsSet.Builder(claims())
                .expirationTime(Date.from(NOW.plusSeconds(600)))
                .notBeforeTime(Date.from(clock.instant().plusSeconds(31)))
                .build();
        refused(signed(first, soon), "token_not_yet_valid");
        clock.advance(Duration.ofSeconds(1));
        accepted(signed(first, soon));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b.c", "a.b.c.d.e", "...", "e30.e30.e30"})
    void refusesWhatIsNoSignedJwt(String text) {
        refused(text, "not_a_signed_jwt");
    }

    @Test
    void knowsNothingWhileTheKeysCannotBeHad() throws JOSEException {
        for (ResponseDefinitionBuilder answer : List.of(
                aResponse().withStatus(500),
                okJson("{\"keys\":7}"),
                okJson("nonsense"),
                temporaryRedirect(AM.baseUrl() + "/elsewhere"),
                okJson("{\"keys\":[],\"x\":\"" + "x".repeat(1 << 20) + "\"}"))) {
            AM.stubFor(get(KEYS).willReturn(answer));
            unknown(tokens(TokenValidation.jwt(), PATIENT));
        }
        AM.stubFor(get(KEYS).willReturn(okJson("{}").withFixedDelay(60_000)));
        unknown(tokens(TokenValidation.jwt(), Duration.ofSeconds(1)));
    }

    @Test
    void knowsNothingByTheDocumentOfAnotherIssuer() throws JOSEException {
        for (String document : List.of(
                "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"" + AM.baseUrl() + KEYS + "\"}",
                "{\"jwks_uri\":\"" + AM.baseUrl() + KEYS + "\"}",
                "{\"issuer\":\"" + issuer() + "\"}",
                "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"file:///etc/keys\"}",
                "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"http://[\"}")) {
            AM.stubFor(get(CONFIGURATION).willReturn(okJson(document)));
            unknown(tokens(TokenValidation.jwt(), PATIENT));
        }
        fetched(0);
    }

    @Test
    void livesThroughAShortAbsenceOfTheIssuerAndNoLonger() throws JOSEException {
        JWTClaimsSet lasting = new JWTClaimsSet.Builder(claims())
                .expirationTime(Date.from(NOW.plus(Duration.ofHours(2))))
                .build();
        accepted(signed(first, lasting));
        AM.stubFor(get(CONFIGURATION).willReturn(aResponse().withStatus(503)));
        clock.advance(Duration.ofMinutes(14));
        accepted(signed(first, lasting));
        clock.advance(Duration.ofMinutes(2));
        unknown(tokens);
        AM.stubFor(get(CONFIGURATION).willReturn(okJson(configuration())));
        unknown(tokens);
        clock.advance(Duration.ofSeconds(1));
        accepted(signed(first, lasting));
    }

    private void unknown(SignedTokens checker) throws JOSEException {
        assertThat(checker.check(signed(first, claims())).join())
                .isInstanceOfSatisfying(
                        TokenCheck.Unknown.class,
                        unknown -> assertThat(unknown.reason()).startsWith("the issuer's keys cannot be had: "));
    }

    private TokenCheck check(String token) {
        return tokens.check(token).join();
    }

    private ActiveToken accepted(String token) {
        return assertThat(check(token))
                .asInstanceOf(type(TokenCheck.Accepted.class))
                .actual()
                .token();
    }

    private void refused(String token, String reason) {
        assertThat(check(token)).isEqualTo(new TokenCheck.Inactive(reason));
    }

    private SignedTokens tokens(TokenValidation.Jwt rules, Duration deadline) {
        return new SignedTokens(
                AmDomain.of(AM.baseUrl() + "/demo"),
                URI.create(issuer()),
                ResourceIdentifier.of(RESOURCE),
                rules,
                new RemoteCall(PATIENT, deadline),
                clock);
    }

    private static String issuer() {
        return AM.baseUrl() + "/demo/oidc";
    }

    private static String configuration() {
        return "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + AM.baseUrl() + KEYS + "\"}";
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("42")
                .audience(RESOURCE)
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm).keyID(keyId).build();
    }

    private static JWSHeader typed(String type) {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first");
        return type == null
                ? header.build()
                : header.type(new JOSEObjectType(type)).build();
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header(JWSAlgorithm.RS256, key.getKeyID()), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new RSASSASigner(first));
        return jwt.serialize();
    }

    private static RSAKey key(String id) throws JOSEException {
        return new RSAKeyGenerator(2048)
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .generate();
    }

    private static void published(JWK... keys) {
        AM.stubFor(get(KEYS).willReturn(okJson(new JWKSet(List.of(keys)).toString(false))));
    }

    private static void fetched(int times) {
        AM.verify(times, getRequestedFor(urlEqualTo(KEYS)));
    }

    private static final class MovingClock extends Clock {
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
