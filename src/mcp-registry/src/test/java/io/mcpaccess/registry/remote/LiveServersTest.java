package io.mcpaccess.registry.remote;

import static io.mcpaccess.registry.testing.FakeMcpServer.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.testing.FakeMcpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveServersTest {

    private static final List<List<String>> TWO_PAGES =
            List.of(List.of(tool("a", "A"), tool("b", "B")), List.of(tool("c", "C")));

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void readsAModernServerToItsLastPageWithoutAHandshake() {
        FakeMcpServer server = serve(FakeMcpServer.modern(TWO_PAGES));

        List<RemoteTool> tools = tools(server.url());

        assertThat(tools).extracting(RemoteTool::name).containsExactly("a", "b", "c");
        assertThat(tools.get(0).hints().readOnly()).isTrue();
        assertThat(server.methods()).containsExactly("tools/list", "tools/list");
        FakeMcpServer.Request first = server.requests.get(0);
        assertThat(first.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
        assertThat(first.header("Mcp-Method")).isEqualTo("tools/list");
        assertThat(first.json
                        .path("params")
                        .path("_meta")
                        .path("io.modelcontextprotocol/protocolVersion")
                        .asText())
                .isEqualTo("2026-07-28");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18"})
    void shakesHandsWithAnOlderServer(String version) {
        FakeMcpServer server = serve(new FakeMcpServer(request -> legacy(request, version)));

        List<RemoteTool> tools = tools(server.url());

        assertThat(tools).extracting(RemoteTool::name).containsExactly("a", "b", "c");
        assertThat(server.methods())
                .containsExactly(
                        "tools/list", "initialize", "notifications/initialized", "tools/list", "tools/list", "DELETE");
        FakeMcpServer.Request list = server.requests.get(3);
        assertThat(list.header("Mcp-Session-Id")).isEqualTo("session-1");
        assertThat(list.header("MCP-Protocol-Version")).isEqualTo(version);
    }

    @Test
    void keepsWhatItReadThoughTheSessionCannotBeEnded() {
        FakeMcpServer server = serve(new FakeMcpServer(request -> {
            if (!request.exchange.getRequestMethod().equals("DELETE")) {
                legacy(request, "2025-11-25");
            }
        }));

        assertThat(tools(server.url())).extracting(RemoteTool::name).containsExactly("a", "b", "c");
    }

    private static void legacy(FakeMcpServer.Request request, String version) throws IOException {
        if (request.exchange.getRequestMethod().equals("DELETE")) {
            request.send(200, "text/plain", "");
        } else if (request.method().equals("initialize")) {
            request.exchange.getResponseHeaders().set("Mcp-Session-Id", "session-1");
            request.result("{\"protocolVersion\":\"" + version + "\",\"capabilities\":{\"tools\":{}}}");
        } else if (request.header("Mcp-Session-Id") == null) {
            request.error(400, -32000, "null");
        } else if (request.method().startsWith("notifications/")) {
            request.send(202, "text/plain", "");
        } else {
            request.tools(TWO_PAGES);
        }
    }

    @Test
    void shakesHandsWithAServerThatNamesOlderVersionsOnly() {
        FakeMcpServer server = serve(new FakeMcpServer(request -> {
            if (request.method().equals("tools/list") && request.header("Mcp-Session-Id") == null) {
                request.error(400, -32022, "{\"supported\":[\"2025-11-25\"]}");
            } else {
                legacy(request, "2025-11-25");
            }
        }));

        assertThat(tools(server.url())).hasSize(3);
    }

    @Test
    void understandsServerSentEventsAndWaitsForNothingBehindTheAnswer() {
        FakeMcpServer server = serve(new FakeMcpServer(request -> {
            request.exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            request.exchange.sendResponseHeaders(200, 0);
            OutputStream out = request.exchange.getResponseBody();
            out.write((": hello\n\nid: 1\ndata:\n\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n"
                            + "data: {\"jsonrpc\":\"2.0\",\"id\":" + request.json.path("id") + ",\n"
                            + "data: \"result\":{\"tools\":[" + tool("a", "A") + "]}}\n\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            sleep(Duration.ofSeconds(20));
        }));

        // Whoever waits for the end waits beyond the time that one server has, and finds none.
        assertThat(tools(server.url())).extracting(RemoteTool::name).containsExactly("a");
    }

    @Test
    void showsCredentialsAndNeverSaysThem() {
        FakeMcpServer server = serve(FakeMcpServer.modern(TWO_PAGES));
        ServerCredentials bearer = ServerCredentials.of(json().put("bearerToken", "top-secret"));
        ServerCredentials basic =
                ServerCredentials.of(json().put("clientId", "a:b").put("clientSecret", "s+1"));

        live(true).tools(server.url(), bearer);
        live(true).tools(server.url(), basic);

        assertThat(server.requests.get(0).header("Authorization")).isEqualTo("Bearer top-secret");
        assertThat(server.requests.get(2).header("Authorization")).isEqualTo("Basic YSUzQWI6cyUyQjE=");
        assertThat(bearer.toString() + basic).doesNotContain("secret", "YSUz", "s+1");
    }

    @Test
    void saysThatCredentialsAreRefusedWithoutRepeatingThem() {
        FakeMcpServer server =
                serve(new FakeMcpServer(request -> request.send(401, "text/plain", "top-secret is bad")));

        assertThatThrownBy(() ->
                        live(true).tools(server.url(), ServerCredentials.of(json().put("bearerToken", "top-secret"))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("401")
                .hasMessageNotContaining("top-secret");
    }

    @Test
    void oneTextForEveryTargetThatIsNotReached() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        FakeMcpServer plain = serve(FakeMcpServer.modern(TWO_PAGES));

        List<String> texts = List.of(
                unreachable(live(false), "https://127.0.0.1:" + plain.port() + "/mcp"),
                unreachable(live(false), "https://localhost:" + plain.port() + "/mcp"),
                unreachable(live(false), "https://[::1]:" + plain.port() + "/mcp"),
                unreachable(live(false), "https://[::ffff:127.0.0.1]:" + plain.port() + "/mcp"),
                unreachable(live(false), "https://2130706433:" + plain.port() + "/mcp"),
                unreachable(live(false), "https://169.254.169.254/latest/meta-data"),
                unreachable(live(true), "https://169.254.169.254/latest/meta-data"),
                unreachable(live(true), "https://nowhere.invalid/mcp"),
                unreachable(live(true), "https://127.0.0.1:" + closed + "/mcp"),
                unreachable(live(true), "https://127.0.0.1:" + plain.port() + "/mcp"));

        assertThat(texts).containsOnly(texts.get(0));
        assertThat(plain.requests).isEmpty();
    }

    @Test
    void plainHttpReachesThisMachineAloneAndOnlyWithTheOperatorsLeave() {
        assertThatThrownBy(() -> tools(live(false), "http://127.0.0.1:1/mcp"))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContaining("https://");
        LiveServers privateNet = opened(new LiveServers(
                () -> new AddressRules(true),
                host -> new InetAddress[] {InetAddress.getByName("10.1.2.3")},
                System::nanoTime));

        unreachable(privateNet, "http://intranet.example/mcp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/", "file:///etc/passwd", "https://u:secret@a/", "https://a/#x", "https:///a", "x"})
    void refusesWhatIsNoTarget(String url) {
        assertThatThrownBy(() -> tools(url))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aNameThatAnswersDifferentlyTheSecondTimeGainsNothing() {
        FakeMcpServer server = serve(new FakeMcpServer(request -> {
            request.exchange.getResponseHeaders().set("Connection", "close");
            request.tools(TWO_PAGES);
        }));
        AtomicInteger lookups = new AtomicInteger();
        LiveServers rebinding = opened(new LiveServers(
                () -> new AddressRules(true),
                host -> new InetAddress[] {
                    InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")
                },
                System::nanoTime));

        unreachable(rebinding, "http://rebind.example:" + server.port() + "/mcp");

        assertThat(lookups).hasValue(2);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void oneForbiddenAddressAmongSeveralRefusesAll() {
        FakeMcpServer server = serve(FakeMcpServer.modern(TWO_PAGES));
        LiveServers mixed = opened(new LiveServers(
                () -> new AddressRules(true),
                host -> new InetAddress[] {InetAddress.getByName("127.0.0.1"), InetAddress.getByName("169.254.169.254")
                },
                System::nanoTime));

        unreachable(mixed, "http://mixed.example:" + server.port() + "/mcp");

        assertThat(server.requests).isEmpty();
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        FakeMcpServer server = serve(FakeMcpServer.modern(TWO_PAGES));
        List<String> asked = new CopyOnWriteArrayList<>();
        LiveServers live = opened(new LiveServers(
                () -> new AddressRules(true),
                host -> {
                    asked.add(host);
                    return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
                },
                System::nanoTime));

        assertThat(tools(live, "http://billing.invalid:" + server.port() + "/mcp"))
                .hasSize(3);
        assertThat(asked).containsOnly("billing.invalid");
        assertThat(server.requests.get(0).header("Host")).startsWith("billing.invalid");
    }

    @Test
    void doesNotFollowRedirects() {
        FakeMcpServer inner = serve(FakeMcpServer.modern(TWO_PAGES));
        FakeMcpServer server = serve(new FakeMcpServer(request -> {
            request.exchange.getResponseHeaders().set("Location", inner.url());
            request.send(307, "text/plain", "");
        }));

        assertThatThrownBy(() -> tools(server.url()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("redirect");
        assertThat(inner.requests).isEmpty();
    }

    @Test
    void givesUpOnASlowBody() {
        FakeMcpServer server = serve(new FakeMcpServer(request -> {
            request.exchange.getResponseHeaders().set("Content-Type", "application/json");
            request.exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 200; i++) {
                request.exchange.getResponseBody().write(' ');
                request.exchange.getResponseBody().flush();
                sleep(Duration.ofMillis(100));
            }
        }));

        assertInTime(() -> unreachable(live(true), server.url()));
    }

    @Test
    void givesUpOnSlowHeadersAndOnSilence() throws IOException {
        List<Socket> kept = new CopyOnWriteArrayList<>();
        ServerSocket dripping = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread drip = new Thread(() -> {
            try {
                Socket socket = dripping.accept();
                kept.add(socket);
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 200; i++) {
                    socket.getOutputStream().write('x');
                    socket.getOutputStream().flush();
                    sleep(Duration.ofMillis(100));
                }
            } catch (IOException e) {
                // The client has gone.
            }
        });
        drip.setDaemon(true);
        drip.start();

        assertInTime(() -> unreachable(live(true), "http://127.0.0.1:" + dripping.getLocalPort() + "/mcp"));

        ServerSocket silent = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        assertInTime(() -> unreachable(live(true), "https://127.0.0.1:" + silent.getLocalPort() + "/mcp"));
        for (Socket socket : kept) {
            socket.close();
        }
    }

    @Test
    void givesUpOnANameServerThatDoesNotAnswer() {
        LiveServers stuck = opened(new LiveServers(
                () -> new AddressRules(true),
                host -> {
                    sleep(Duration.ofSeconds(20));
                    throw new UnknownHostException();
                },
                System::nanoTime));

        assertInTime(() -> unreachable(stuck, "https://slow.example/mcp"));
    }

    @Test
    void givesUpOnAnEndlessBody() {
        FakeMcpServer server = serve(new FakeMcpServer(request -> {
            request.exchange.getResponseHeaders().set("Content-Type", "application/json");
            request.exchange.sendResponseHeaders(200, 0);
            byte[] much = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            while (!Thread.currentThread().isInterrupted()) {
                request.exchange.getResponseBody().write(much);
            }
        }));

        assertThatThrownBy(() -> tools(server.url()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("1048576 bytes");
    }

    @Test
    void givesUpOnTooManyTools() {
        List<String> page = Collections.nCopies(100, "{\"name\":\"t\"}");
        FakeMcpServer server = serve(FakeMcpServer.modern(Collections.nCopies(100, page)));

        assertThatThrownBy(() -> tools(server.url()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("more than 1000 tools");
        assertThat(server.requests).hasSizeLessThan(13);
    }

    @Test
    void givesUpOnPagesThatGoInCircles() {
        FakeMcpServer server = serve(new FakeMcpServer(
                request -> request.result("{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":\"again\"}")));

        assertThatThrownBy(() -> tools(server.url())).isInstanceOf(RegistryException.class);
        assertThat(server.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{\"tools\":{}}",
                "{\"tools\":[{\"name\":7}]}",
                "{\"tools\":[{\"name\":\"a\",\"name\":\"b\"}]}",
                "{\"tools\":["
            })
    void refusesWhatIsNoListOfTools(String result) {
        FakeMcpServer server = serve(new FakeMcpServer(request -> request.result(result)));

        assertThatThrownBy(() -> tools(server.url()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no MCP server");
    }

    private static void assertInTime(Runnable work) {
        Instant start = Instant.now();
        work.run();
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(60));
    }

    /** What a slow server does: the fault itself, not a wait of the test. */
    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String unreachable(LiveServers live, String url) {
        Throwable thrown = catchThrowable(() -> tools(live, url));
        assertThat(thrown).as(url).isInstanceOf(RegistryException.class).hasMessageContaining("could not be reached");
        return thrown.getMessage();
    }

    private List<RemoteTool> tools(String url) {
        return tools(live(true), url);
    }

    private static List<RemoteTool> tools(LiveServers live, String url) {
        return live.tools(url, ServerCredentials.of(json()));
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    private LiveServers live(boolean allowPrivateNetworks) {
        return opened(new LiveServers(
                () -> new AddressRules(allowPrivateNetworks), InetAddress::getAllByName, System::nanoTime));
    }

    private FakeMcpServer serve(FakeMcpServer server) {
        return opened(server);
    }

    private <T extends AutoCloseable> T opened(T each) {
        opened.add(0, each);
        return each;
    }
}
