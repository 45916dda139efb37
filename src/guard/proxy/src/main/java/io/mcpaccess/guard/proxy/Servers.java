package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.proxy.am.EventLoopCalls;
import io.mcpaccess.guard.proxy.front.GuardedServer;
import io.mcpaccess.guard.proxy.front.Routes;
import io.mcpaccess.guard.proxy.identity.CallerHeaders;
import io.mcpaccess.guard.proxy.identity.CallerTokens;
import io.mcpaccess.guard.proxy.identity.SigningKey;
import io.mcpaccess.guard.proxy.settings.ServerSettings;
import io.mcpaccess.guard.proxy.settings.SettingsException;
import io.mcpaccess.guard.proxy.settings.UpstreamSettings;
import io.mcpaccess.guard.proxy.upstream.HttpClients;
import io.mcpaccess.guard.proxy.upstream.HttpUpstream;
import io.mcpaccess.guard.proxy.upstream.Upstream;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes guarded servers of their settings. */
final class Servers {
    private final Vertx vertx;
    private final SigningKey key;

    Servers(Vertx vertx, SigningKey key) {
        this.vertx = vertx;
        this.key = key;
    }

    Routes routes(List<ServerSettings> wanted) {
        return new Routes(wanted.stream().map(this::server).toList(), key.publicKeys());
    }

    private GuardedServer server(ServerSettings settings) {
        Clock clock = Clock.systemUTC();
        EventLoopCalls am = new EventLoopCalls(
                vertx,
                HttpClients.client(vertx, settings.am(), false),
                settings.guard().limits().callDeadline());
        return new GuardedServer(
                settings.name(),
                settings.path(),
                new McpGuard(settings.guard(), clock, am),
                identity(settings, clock),
                upstream(settings, clock));
    }

    private CallerHeaders identity(ServerSettings settings, Clock clock) {
        Optional<CallerTokens> tokens = settings.identity().signed()
                ? Optional.of(new CallerTokens(key, settings.guard().resource().toString(), audience(settings), clock))
                : Optional.empty();
        return new CallerHeaders(settings.identity().headers(), tokens);
    }

    private static String audience(ServerSettings settings) {
        return settings.upstream() instanceof UpstreamSettings.Http http
                ? http.url().toString()
                : settings.guard().resource().toString();
    }

    private Upstream upstream(ServerSettings settings, Clock clock) {
        if (!(settings.upstream() instanceof UpstreamSettings.Http http)) {
            throw new SettingsException("Servers with a 'command' cannot be run yet.");
        }
        boolean overTls = "https".equals(http.url().getScheme());
        return new HttpUpstream(
                vertx,
                HttpClients.client(vertx, http.tls(), http.http2() && overTls),
                http.url(),
                settings.times(),
                clock);
    }
}
