package io.mcpaccess.openfga.server.http;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The proxy that the node's Java was told of ({@code -Dhttps.proxyHost} and the like), which Vert.x does not look at by itself. */
final class SystemProxy {

    private final Map<String, Optional<ProxyOptions>> known = new ConcurrentHashMap<>();

    /**
     * Looks, once for a server.
     *
     * @param uri where a request goes
     * @return the proxy on its way; nothing for most
     */
    Optional<ProxyOptions> of(URI uri) {
        Optional<ProxyOptions> proxy = known.get(uri.getRawAuthority());
        return proxy == null ? known.computeIfAbsent(uri.getRawAuthority(), server -> find(uri)) : proxy;
    }

    private static Optional<ProxyOptions> find(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return Optional.empty();
        }
        for (Proxy proxy : selector.select(uri)) {
            if (proxy.type() != Proxy.Type.DIRECT && proxy.address() instanceof InetSocketAddress address) {
                return Optional.of(new ProxyOptions()
                        .setType(proxy.type() == Proxy.Type.HTTP ? ProxyType.HTTP : ProxyType.SOCKS5)
                        .setHost(address.getHostString())
                        .setPort(address.getPort()));
            }
        }
        return Optional.empty();
    }
}
