package io.mcpaccess.guard.proxy.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.GuardRequest;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.RequestHead;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.settings.StreamTimes;
import io.mcpaccess.guard.proxy.upstream.AllowedRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every answer ends with all that was begun for it. */
class WaitingClientTest {
    private static final String RESOURCE = "https://files.example/mcp";
    private static final StreamTimes HOURS =
            new StreamTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    private static final StreamTimes SHORT =
            new StreamTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(20));

    private final Vertx host = Vertx.vertx();
    private final Set<Long> timers = ConcurrentHashMap.newKeySet();
    private final Vertx vertx = faced(Vertx.class, this::counted);
    private final ClientAnswer answer = new ClientAnswer(
            host,
            faced(HttpServerRequest.class, (self, method, arguments) -> switch (method.getName()) {
                case "version" -> HttpVersion.HTTP_1_1;
                case "connection" -> null;
                default -> faced(HttpServerResponse.class, WaitingClientTest::quiet);
            }),
            Duration.ofHours(1));

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void failEndsWhatWasBegun() throws Exception {
        WaitingClient client = new WaitingClient(vertx, allowed(), answer, HOURS, Clock.systemUTC());
        client.begin(() -> {});
        assertThat(timers).hasSize(1);
        client.fail(503, "The MCP server takes no more messages.");
        await().atMost(Duration.ofSeconds(20)).until(() -> timers.isEmpty() && answer.status() == 503);
    }

    @Test
    void attackMessagesToAProgramThatReadsNothingLeaveNothingBehind() throws Exception {
        WaitingClient client = new WaitingClient(vertx, allowed(), answer, SHORT, Clock.systemUTC());
        client.begin(() -> {});
        answer.failed(503, "x");
        await().atMost(Duration.ofSeconds(20)).until(timers::isEmpty);
    }

    private static AllowedRequest allowed() {
        AmCalls am = new AmCalls() {
            @Override
            public CompletableFuture<RemoteCall.Answer> post(URI target, Map<String, String> headers, String body) {
                String json = "{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"username\":\"alice\"}";
                return CompletableFuture.completedFuture(
                        new RemoteCall.Answer(200, json.getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public CompletableFuture<RemoteCall.Answer> get(URI target) {
                return post(target, Map.of(), "");
            }
        };
        McpGuard guard = new McpGuard(
                GuardConfiguration.of("https://am.example/demo", RESOURCE, "files-mcp", "s2"), Clock.systemUTC(), am);
        RequestHead head = RequestHead.of("POST", Map.of("Authorization", List.of("Bearer alice")));
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}";
        GuardDecision decision = guard.check(new GuardRequest(head, ping.getBytes(StandardCharsets.UTF_8)));
        return new AllowedRequest(
                "POST", MultiMap.caseInsensitiveMultiMap(), (GuardDecision.Allowed) decision, Map.of());
    }

    private Object counted(Object self, Method method, Object[] arguments) throws Throwable {
        Object result = method.invoke(host, arguments);
        if (method.getName().equals("setPeriodic")) {
            timers.add((Long) result);
        } else if (method.getName().equals("cancelTimer")) {
            timers.remove(arguments[0]);
        }
        return result;
    }

    private static Object quiet(Object self, Method method, Object[] arguments) {
        Class<?> type = method.getReturnType();
        if (type == Future.class) {
            return Future.succeededFuture();
        }
        if (type == MultiMap.class) {
            return MultiMap.caseInsensitiveMultiMap();
        }
        return type == boolean.class ? Boolean.FALSE : type.isInstance(self) ? self : null;
    }

    private static <T> T faced(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
