package io.mcpaccess.guard.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RemoteCallTest {
    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private final RemoteCall patient = new RemoteCall(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private final RemoteCall hasty = new RemoteCall(Duration.ofSeconds(20), Duration.ofMillis(500));

    @Test
    void givesStatusAndBodyOfAnyAnswer() {
        AM.stubFor(post("/x").willReturn(aResponse().withStatus(503).withBody("{\"a\":1}")));
        RemoteCall.Answer answer = call("/x");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.jsonObject())
                .hasValueSatisfying(
                        json -> assertThat(json.path("a").intValue()).isEqualTo(1));
    }

    @Test
    void takesNoBodyWithDuplicateMembers() {
        AM.stubFor(post("/x").willReturn(ok("{\"decision\":false,\"decision\":true}")));
        assertThat(call("/x").jsonObject()).isEmpty();
    }

    @Test
    void endsWhenTheBodyDripsInTooSlowly() {
        AM.stubFor(post("/x").willReturn(ok("{\"decision\":true}").withChunkedDribbleDelay(10, 60_000)));
        Instant start = Instant.now();
        assertThat(RemoteCall.reason(catchThrowable(() -> call(hasty, "/x")))).isEqualTo("no answer in time");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void takesNoAnswerWithoutEnd() {
        AM.stubFor(post("/x").willReturn(ok("x".repeat((1 << 20) + 1))));
        assertThat(catchThrowable(() -> call("/x"))).isNotNull();
    }

    @Test
    void failsWhenTheConnectionBreaks() {
        AM.stubFor(post("/x").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThat(catchThrowable(() -> call("/x"))).isNotNull();
    }

    @Test
    void carriesTheSecretNowhereElse() {
        AM.stubFor(post("/x").willReturn(temporaryRedirect("/y")));
        assertThat(call("/x").status()).isEqualTo(302);
        AM.verify(0, postRequestedFor(urlEqualTo("/y")));
    }

    private RemoteCall.Answer call(String path) {
        return call(patient, path);
    }

    private static RemoteCall.Answer call(RemoteCall remote, String path) {
        return remote.post(URI.create(AM.baseUrl() + path), Map.of("Authorization", "Basic x"), "b")
                .join();
    }
}
