package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.proxy.am.AmProbe;
import io.mcpaccess.guard.proxy.am.EventLoopCalls;
import io.mcpaccess.guard.proxy.front.GuardedServer;
import io.mcpaccess.guard.proxy.front.Routes;
import io.mcpaccess.guard.proxy.front.Uses;
import io.mcpaccess.guard.proxy.identity.CallerHeaders;
import io.mcpaccess.guard.proxy.identity.CallerTokens;
import io.mcpaccess.guard.proxy.identity.SigningKey;
import io.mcpaccess.guard.proxy.settings.ClientTls;
import io.mcpaccess.guard.proxy.settings.GuardedSettings;
import io.mcpaccess.guard.proxy.settings.StreamTimes;
import io.mcpaccess.guard.proxy.settings.UpstreamSettings;
import io.mcpaccess.guard.proxy.stdio.StdioUpstream;
import io.mcpaccess.guard.proxy.upstream.HttpClients;
import io.mcpaccess.guard.proxy.upstream.HttpUpstream;
import io.mcpaccess.guard.proxy.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Makes guarded servers of their settings. What has not changed stays the same object from one reading of the settings to the
 * next: its counts, its remembered tokens and its processes go on. For one thread at a time.
 */
final class Servers {
    private final Vertx vertx;
    private final SigningKey key;
    private final Clock clock = Clock.systemUTC();
    private final Map<Connection, HttpClientAgent> clients = new HashMap<>();
    private Map<GuardedSettings, GuardedServer> servers = Map.of();
    private volatile Map<Behind, Upstream> upstreams = Map.of();
    private List<GuardedServer> replaced = List.of();
    /** Programs of settings that hold no more, whose sessions may go on. */
    private final Set<StdioUpstream> retired = ConcurrentHashMap.newKeySet();

    /** Clients live as long as the proxy: streams of servers that are gone still go through them. */
    private record Connection(ClientTls tls, boolean http2) {}

    private record Behind(String name, UpstreamSettings settings, StreamTimes times) {}

    Servers(Vertx vertx, SigningKey key) {
        this.vertx = vertx;
        this.key = key;
    }

    /**
     * What holds from now on. Servers that are gone take nothing new and let what is under way end; see {@link
     * #closeReplaced()}.
     */
    Routes use(List<GuardedSettings> wanted) {
        Map<Behind, Upstream> behind = new HashMap<>();
        Map<GuardedSettings, GuardedServer> next = new LinkedHashMap<>();
        for (GuardedSettings settings : wanted) {
            Behind place = new Behind(settings.name(), settings.upstream(), settings.times());
            Upstream upstream = Optional.ofNullable(upstreams.get(place)).orElseGet(() -> upstream(settings));
            behind.put(place, upstream);
            next.put(settings, Optional.ofNullable(servers.get(settings)).orElseGet(() -> server(settings, upstream)));
        }
        Map<Behind, Upstream> gone = new HashMap<>(upstreams);
        gone.keySet().removeAll(behind.keySet());
        replaced = servers.entrySet().stream()
                .filter(entry -> !next.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        servers = next;
        upstreams = behind;
        retired.removeIf(program -> program.count() == 0);
        gone.values().forEach(this::retire);
        return new Routes(List.copyOf(next.values()), key.publicKeys());
    }

    /** To be called once the routes of {@link #use} are those that requests go by: closes the guards that no request finds now. */
    void closeReplaced() {
        replaced.forEach(server -> server.uses().replaced(server.guard()::close));
        replaced = List.of();
    }

    private void retire(Upstream upstream) {
        upstream.retire();
        if (upstream instanceof StdioUpstream program) {
            retired.add(program);
        }
    }

    /** Reads the certificates of all connections anew. */
    Future<?> readCertificates() {
        List<Future<Boolean>> all = new HashSet<>(clients.entrySet())
                .stream()
                        .filter(entry -> !entry.getKey().tls().equals(ClientTls.usual()))
                        .map(entry -> entry.getValue()
                                .updateSSLOptions(HttpClients.tls(
                                        entry.getKey().tls(), entry.getKey().http2())))
                        .toList();
        return Future.all(all);
    }

    AmProbe probe(GuardedSettings settings) {
        return new AmProbe(calls(settings));
    }

    int processes() {
        return Stream.concat(upstreams.values().stream(), retired.stream())
                .mapToInt(upstream -> upstream instanceof StdioUpstream stdio ? stdio.count() : 0)
                .sum();
    }

    Future<?> close() {
        return Future.join(Stream.concat(upstreams.values().stream(), retired.stream())
                .map(Upstream::close)
                .toList());
    }

    private EventLoopCalls calls(GuardedSettings settings) {
        return new EventLoopCalls(
                vertx, client(settings.am(), false), settings.guard().limits().callDeadline());
    }

    private HttpClientAgent client(ClientTls tls, boolean http2) {
        return clients.computeIfAbsent(new Connection(tls, http2), wanted -> HttpClients.client(vertx, tls, http2));
    }

    private GuardedServer server(GuardedSettings settings, Upstream upstream) {
        GuardConfiguration guard = settings.guard();
        return new GuardedServer(
                settings.name(),
                settings.path(),
                new McpGuard(guard, clock, calls(settings)),
                identity(settings),
                upstream,
                new Uses());
    }

    private CallerHeaders identity(GuardedSettings settings) {
        Optional<CallerTokens> tokens = settings.identity().signed()
                ? Optional.of(new CallerTokens(key, settings.guard().resource().toString(), audience(settings), clock))
                : Optional.empty();
        return new CallerHeaders(settings.identity().headers(), tokens);
    }

    /** A program has no URL of its own: what is signed for it is for the resource that it is. */
    private static String audience(GuardedSettings settings) {
        return settings.upstream() instanceof UpstreamSettings.Http http
                ? http.url().toString()
                : settings.guard().resource().toString();
    }

    private Upstream upstream(GuardedSettings settings) {
        if (settings.upstream() instanceof UpstreamSettings.Http http) {
            boolean overTls = "https".equals(http.url().getScheme());
            return new HttpUpstream(
                    vertx, client(http.tls(), http.http2() && overTls), http.url(), settings.times(), clock);
        }
        return new StdioUpstream(
                vertx, settings.name(), (UpstreamSettings.Stdio) settings.upstream(), settings.times(), clock);
    }
}
