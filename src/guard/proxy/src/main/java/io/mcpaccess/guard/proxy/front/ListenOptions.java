package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.proxy.settings.ListenSettings;
import io.mcpaccess.guard.proxy.settings.ServerTls;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;

/** How the proxy listens. */
public final class ListenOptions {
    /** A token and a proof of possession stand there. */
    private static final int MOST_HEADER_BYTES = 1 << 15;

    private static final int MOST_LINE_BYTES = 1 << 13;
    /** Requests of one connection at once; the guard counts a caller's anyway. */
    private static final int MOST_STREAMS_OF_A_CONNECTION = 100;
    /** A machine that is gone without a word takes nothing that is sent to it, and heartbeats are. */
    private static final int UNACKNOWLEDGED_MILLIS = 60_000;

    private ListenOptions() {}

    /**
     * @param settings where and how
     * @return the same for the host
     */
    public static HttpServerOptions of(ListenSettings settings) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxInitialLineLength(MOST_LINE_BYTES)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MOST_STREAMS_OF_A_CONNECTION)
                        .setMaxHeaderListSize(MOST_HEADER_BYTES)
                        .setPushEnabled(false))
                .setHttp2ClearTextEnabled(settings.http2Cleartext())
                .setHandle100ContinueAutomatically(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(UNACKNOWLEDGED_MILLIS);
        settings.tls().ifPresent(tls -> {
            ServerSSLOptions ssl = tls(tls);
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                    .setKeyCertOptions(ssl.getKeyCertOptions())
                    .setTrustOptions(ssl.getTrustOptions())
                    .setClientAuth(ssl.getClientAuth());
        });
        return options;
    }

    /**
     * @param settings certificate and key
     * @return the same for the host, read from the files anew
     */
    public static ServerSSLOptions tls(ServerTls settings) {
        ServerSSLOptions options = new ServerSSLOptions()
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(settings.certificate().toString())
                        .setKeyPath(settings.key().toString()))
                .setClientAuth(
                        switch (settings.clients()) {
                            case NONE -> ClientAuth.NONE;
                            case ASKED -> ClientAuth.REQUEST;
                            case REQUIRED -> ClientAuth.REQUIRED;
                        });
        settings.clientCa().ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
        return options;
    }
}
