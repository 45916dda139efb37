package io.mcpaccess.guard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two thousand open streams: none has a thread. */
class ProxyManyStreamsTest extends ProxyBeforeServer {
    private static final int STREAMS = 2000;

    @Test
    void holdsTwoThousandStreamsWithoutAThreadForEach() throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            request.response().write("data: {\"here\":true}\n\n");
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        proxy.close();
        proxy = proxy(
                "--upstream", "http://127.0.0.1:" + server.actualPort() + "/mcp", "--streams", String.valueOf(STREAMS));
        URI url = URI.create(proxy.url());
        List<Socket> streams = new ArrayList<>();
        int before = 0;
        try {
            for (int count = 0; count < STREAMS; count++) {
                Socket socket = new Socket(url.getHost(), url.getPort());
                streams.add(socket);
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write(utf8("GET /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\n"
                                + "Accept: text/event-stream\r\n\r\n"));
                assertThat(read(socket)).startsWith("HTTP/1.1 200");
                if (count == 50) {
                    before = Thread.activeCount();
                }
            }
            assertThat(Thread.activeCount()).isLessThan(before + 20);
        } finally {
            for (Socket socket : streams) {
                socket.close();
            }
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static String read(Socket socket) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("here") < 0 && text.indexOf("HTTP/1.1 4") < 0) {
            byte[] buffer = new byte[4096];
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                return text.toString();
            }
            text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
