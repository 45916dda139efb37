package io.mcpaccess.samples.client;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiscoveryTest {
    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private static final String THIRD_PLACE = "/demo/oidc/.well-known/openid-configuration";

    private final Discovery discovery = new Discovery(new Http());

    @Test
    void triesTheThreePlacesInTheirOrder() {
        assertThat(Discovery.places(URI.create("https://a/t1")))
                .containsExactly(
                        URI.create("https://a/.well-known/oauth-authorization-server/t1"),
                        URI.create("https://a/.well-known/openid-configuration/t1"),
                        URI.create("https://a/t1/.well-known/openid-configuration"));
    }

    @Test
    void passesOverAPlaceThatAnswersSomethingElse() throws IOException, FlowException {
        AM.stubFor(get("/.well-known/oauth-authorization-server/demo/oidc").willReturn(okJson("{\"x\":1}")));
        AM.stubFor(get(THIRD_PLACE).willReturn(okJson(metadata(issuer(), "S256"))));
        AuthorizationServer server = discovery.authorizationServer(issuer());
        assertThat(server.tokenEndpoint()).isEqualTo(URI.create(issuer() + "/token"));
    }

    @Test
    void case31_refusesMetadataOfAnotherIssuer() {
        AM.stubFor(get(THIRD_PLACE).willReturn(okJson(metadata(URI.create("https://evil.example"), "S256"))));
        assertThatExceptionOfType(FlowException.class).isThrownBy(() -> discovery.authorizationServer(issuer()));
    }

    @Test
    void refusesAServerWithoutPkceS256() {
        AM.stubFor(get(THIRD_PLACE).willReturn(okJson(metadata(issuer(), "plain"))));
        assertThatExceptionOfType(FlowException.class)
                .isThrownBy(() -> discovery.authorizationServer(issuer()))
                .withMessageContaining("S256");
    }

    @Test
    void refusesResourceMetadataOfAnotherServer() {
        AM.stubFor(get("/prm")
                .willReturn(okJson("{\"resource\":\"https://other/mcp\",\"authorization_servers\":[\"https://a\"]}")));
        assertThatExceptionOfType(FlowException.class)
                .isThrownBy(() -> discovery.issuerOf(URI.create("https://b/mcp"), URI.create(AM.baseUrl() + "/prm")));
    }

    private static URI issuer() {
        return URI.create(AM.baseUrl() + "/demo/oidc");
    }

    private static String metadata(URI issuer, String method) {
        return "{\"issuer\":\"" + issuer + "\",\"authorization_endpoint\":\"" + issuer + "/authorize\","
                + "\"token_endpoint\":\"" + issuer + "/token\",\"revocation_endpoint\":\"" + issuer + "/revoke\","
                + "\"code_challenge_methods_supported\":[\"" + method + "\"]}";
    }
}
