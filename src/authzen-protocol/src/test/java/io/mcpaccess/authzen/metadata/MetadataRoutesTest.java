package io.mcpaccess.authzen.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.gateway.reactor.Reactor;
import io.gravitee.am.model.Domain;
import io.vertx.core.http.HttpServer;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetadataRoutesTest {

    private static final List<String> DOMAINS = List.of("a", "b", "c", "d", "e");

    private final Vertx vertx = Vertx.vertx();
    private final Router root = Router.router(vertx);
    private final HttpServer server = vertx.getDelegate()
            .createHttpServer()
            .requestHandler(root.getDelegate())
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();

    @AfterEach
    void stop() {
        vertx.getDelegate().close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anyDomainOfManyCanBeDeployedAnew() throws Exception {
        List<MetadataRoutes> mounted = new ArrayList<>();
        for (String domain : DOMAINS) {
            mounted.add(mount(domain, "old"));
        }
        for (int i = 0; i < DOMAINS.size(); i++) {
            mounted.get(i).unmount();
            assertThat(get(DOMAINS.get(i)).statusCode()).isEqualTo(404);
            mount(DOMAINS.get(i), "new");
            assertThat(get(DOMAINS.get(i)).body()).isEqualTo("new");
        }
    }

    private MetadataRoutes mount(String path, String answer) {
        Reactor reactor = mock();
        when(reactor.route()).thenReturn(root);
        Domain domain = new Domain(path);
        domain.setPath("/" + path);
        MetadataRoutes routes = new MetadataRoutes(
                Router.router(vertx),
                Optional.of(reactor),
                domain,
                Optional.of(routing -> routing.response().getDelegate().end(answer)));
        routes.mount();
        return routes;
    }

    private HttpResponse<String> get(String domain) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()
                                        + "/.well-known/authzen-configuration/" + domain))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
