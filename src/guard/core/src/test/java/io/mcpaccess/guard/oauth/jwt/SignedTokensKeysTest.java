package io.mcpaccess.guard.oauth.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys: fetched when needed, renewed when one is unknown, and nothing is known without them. */
class SignedTokensKeysTest extends IssuerWithKeys {
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
    void takesTheOnlyKeyForATokenThatNamesNone() throws JOSEException {
        accepted(signed(header(JWSAlgorithm.RS256, null), claims()));
        published(first, second);
        clock.advance(Duration.ofMinutes(1));
        tokens = tokens(TokenValidation.jwt(), PATIENT);
        refused(signed(header(JWSAlgorithm.RS256, null), claims()), "key_unknown");
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
}
