package io.mcpaccess.authzen.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.core.authzen.MalformedRequestException;
import io.vertx.core.http.HttpServer;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request gets exactly one answer, whatever an endpoint does. */
class EndpointHandlerTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.getDelegate().close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anEndpointThatNeverAnswersIs503InTheFormOfADecision() throws Exception {
        HttpResponse<String> response = answerOf(call -> new CompletableFuture<>());
        assertThat(response.statusCode()).isEqualTo(503);
        JsonNode body = new ObjectMapper().readTree(response.body());
        assertThat(body.path("decision").asBoolean(true)).isFalse();
        assertThat(body.at("/context/reason_code").asText()).isEqualTo("engine_unavailable");
        assertThat(body.at("/context/error/status").asInt()).isEqualTo(503);
    }

    @Test
    void anEndpointThatThrowsOrFailsOrAnswersNothingIs500WithoutTheReason() throws Exception {
        assertThat(answerOf(call -> {
                            throw new IllegalStateException("secret");
                        })
                        .body())
                .doesNotContain("secret");
        assertThat(answerOf(call -> CompletableFuture.failedFuture(new IllegalStateException("secret")))
                        .statusCode())
                .isEqualTo(500);
        assertThat(answerOf(call -> CompletableFuture.completedFuture(null)).statusCode())
                .isEqualTo(500);
        assertThat(answerOf(call -> null).statusCode()).isEqualTo(500);
    }

    @Test
    void aMalformedRequestIs400HoweverItIsSaid() throws Exception {
        assertThat(answerOf(call -> {
                            throw new MalformedRequestException("subject is missing.");
                        })
                        .body())
                .isEqualTo("subject is missing.");
        assertThat(answerOf(call -> CompletableFuture.failedFuture(
                                new CompletionException(new MalformedRequestException("subject is missing."))))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> answerOf(Endpoint endpoint) throws Exception {
        Router router = Router.router(vertx);
        router.get("/").handler(new EndpointHandler(vertx.getDelegate(), endpoint, Duration.ofMillis(200)));
        HttpServer server = vertx.getDelegate()
                .createHttpServer()
                .requestHandler(router.getDelegate())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
