package io.mcpaccess.samples.client;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthorizationCodeFlowTest {
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static final URI RESOURCE = URI.create("http://127.0.0.1:9100/mcp");
    private static final String LOGIN = """
            <html><title>Login</title><form method="post" action="login?client_id=agent&amp;x=1">
            <input type="hidden" name="X-XSRF-TOKEN" value="csrf-1"><input type="hidden" name="client_id" value="agent">
            <input name="username"><input type="password" name="password"><button type="submit">Sign in</button>
            </form></html>""";
    private static final String CONSENT = """
            <html><title>Consent</title><form method="post" action="">
            <input type="hidden" name="X-XSRF-TOKEN" value="csrf-2"><input type="hidden" name="scope.a" value="true">
            <button type="submit" name="user_oauth_approval" value="false">Deny</button>
            <button type="submit" name="user_oauth_approval" value="true">Approve</button></form></html>""";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private final AmBrowser alice = new AmBrowser("alice", "wonderland");
    private String state;

    @BeforeEach
    void amAsksForLoginAndConsent() {
        state = Pkce.text(secondNumbers());
        AM.stubFor(get(urlPathEqualTo("/demo/oauth/authorize"))
                .inScenario("flow")
                .whenScenarioStateIs(STARTED)
                .willReturn(temporaryRedirect("/demo/login?client_id=agent")
                        .withHeader("Set-Cookie", "S=1; Path=/demo; HttpOnly")));
        AM.stubFor(get(urlPathEqualTo("/demo/login")).willReturn(okForContentType("text/html", LOGIN)));
        AM.stubFor(post(urlPathEqualTo("/demo/login"))
                .inScenario("flow")
                .whenScenarioStateIs(STARTED)
                .withHeader("Cookie", containing("S=1"))
                .withRequestBody(containing("X-XSRF-TOKEN=csrf-1"))
                .withRequestBody(containing("username=alice"))
                .withRequestBody(containing("password=wonderland"))
                .willSetStateTo("logged in")
                .willReturn(temporaryRedirect("/demo/oauth/consent?client_id=agent")));
        AM.stubFor(get(urlPathEqualTo("/demo/oauth/consent")).willReturn(okForContentType("text/html", CONSENT)));
        AM.stubFor(post(urlPathEqualTo("/demo/oauth/consent"))
                .withRequestBody(containing("X-XSRF-TOKEN=csrf-2"))
                .withRequestBody(containing("scope.a=true"))
                .withRequestBody(containing("user_oauth_approval=true"))
                .willReturn(temporaryRedirect(CALLBACK + "?code=c1&state=" + state)));
    }

    @Test
    void goesThroughTheFormsAndSendsTheResourceTwice() throws IOException, FlowException {
        AM.stubFor(post("/demo/oauth/token").willReturn(okJson("{\"access_token\":\"t\",\"scope\":\"a\"}")));
        Token token = flow().run(alice, RESOURCE, "a");
        assertThat(token).isEqualTo(new Token("t", "a"));
        AM.verify(getRequestedFor(urlPathEqualTo("/demo/oauth/authorize"))
                .withQueryParam("resource", equalTo(RESOURCE.toString()))
                .withQueryParam("code_challenge_method", equalTo("S256"))
                .withQueryParam("response_type", equalTo("code")));
        AM.verify(postRequestedFor(urlPathEqualTo("/demo/oauth/token"))
                .withHeader("Authorization", equalTo("Basic YWdlbnQ6cw=="))
                .withRequestBody(containing("code=c1"))
                .withRequestBody(
                        containing("code_verifier=" + Pkce.create(new Random(7)).verifier()))
                .withRequestBody(containing("resource=http%3A%2F%2F127.0.0.1%3A9100%2Fmcp")));
    }

    @Test
    void refusesAnAnswerToSomebodyElsesRequest() {
        AM.stubFor(post(urlPathEqualTo("/demo/oauth/consent"))
                .willReturn(temporaryRedirect(CALLBACK + "?code=c1&state=other")));
        assertThatExceptionOfType(FlowException.class).isThrownBy(() -> flow().run(alice, RESOURCE, "a"));
    }

    @Test
    void saysWhyAmRefused() {
        AM.stubFor(post(urlPathEqualTo("/demo/oauth/consent"))
                .willReturn(temporaryRedirect(CALLBACK + "?error=access_denied&error_description=User+denied+access")));
        assertThatExceptionOfType(FlowException.class)
                .isThrownBy(() -> flow().run(alice, RESOURCE, "a"))
                .withMessageContaining("access_denied")
                .withMessageContaining("User denied access");
        AM.stubFor(post("/demo/oauth/token").willReturn(jsonResponse("{\"error\":\"invalid_target\"}", 400)));
        amAsksForLoginAndConsent();
        AM.resetScenarios();
        assertThatExceptionOfType(FlowException.class)
                .isThrownBy(() -> flow().run(new AmBrowser("alice", "wonderland"), RESOURCE, "a"))
                .withMessageContaining("invalid_target");
    }

    @Test
    void givesUpOnAPageThatIsNeitherForm() {
        AM.stubFor(get(urlPathEqualTo("/demo/login")).willReturn(okForContentType("text/html", "<title>Oops</title>")));
        assertThatExceptionOfType(FlowException.class)
                .isThrownBy(() -> flow().run(alice, RESOURCE, "a"))
                .withMessageContaining("Oops");
    }

    private static AuthorizationCodeFlow flow() {
        URI domain = URI.create(AM.baseUrl() + "/demo");
        AuthorizationServer server = new AuthorizationServer(
                domain,
                URI.create(domain + "/oauth/authorize"),
                URI.create(domain + "/oauth/token"),
                URI.create(domain + "/oauth/revoke"));
        OAuthClient client = new OAuthClient("agent", Optional.of("s"), CALLBACK);
        return new AuthorizationCodeFlow(new Http(), server, client, new Random(7));
    }

    /** The flow takes its state after its proof key from the same source. */
    private static Random secondNumbers() {
        Random random = new Random(7);
        Pkce.create(random);
        return random;
    }
}
