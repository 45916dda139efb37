package io.mcpaccess.guard.proxy;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A connector that says nothing of itself and notices when a client's machine is gone without a word. */
final class ProxyConnector extends ServerConnector {
    private static final int IDLE_SECONDS = 30;
    private static final int BETWEEN_SECONDS = 10;
    private static final int PROBES = 3;

    ProxyConnector(Server server) {
        super(server, new HttpConnectionFactory(configuration()));
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        return configuration;
    }

    @Override
    protected void configure(Socket socket) {
        super.configure(socket);
        SocketChannel channel = socket.getChannel();
        if (channel != null) {
            probe(channel);
        }
    }

    private static void probe(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
                channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, BETWEEN_SECONDS);
                channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
            }
        } catch (IOException | UnsupportedOperationException notHere) {
            // The system's own times hold.
            return;
        }
    }
}
