package io.mcpaccess.guard.oauth.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.TokenCheck;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims: for this server, of this issuer, within their times. */
class SignedTokensClaimsTest extends IssuerWithKeys {
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
}
