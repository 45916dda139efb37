package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.proxy.settings.ClientTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.List;

/** Makes clients that follow no redirect, take nothing compressed, and believe only who they were told to. */
public final class HttpClients {
    /** One connection for each stream of HTTP/1.1. */
    private static final int MOST_CONNECTIONS = 100_000;
    /** Node.js closes a connection that is idle for five seconds; a request on it would be lost. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private static final int MOST_HEADER_BYTES = 1 << 15;

    private HttpClients() {}

    /**
     * @param vertx the host
     * @param tls towards the other side, where its URL is https
     * @param http2 whether HTTP/2 is offered over TLS; never without
     * @return a client of its own; to be closed
     */
    public static HttpClientAgent client(Vertx vertx, ClientTls tls, boolean http2) {
        HttpClientOptions options = new HttpClientOptions()
                .setDecompressionSupported(false)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setTcpKeepAlive(true)
                .setVerifyHost(true)
                .setTrustAll(false);
        if (http2) {
            options.setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true).setHttp2ClearTextUpgrade(false);
        }
        ClientSSLOptions ssl = tls(tls, http2);
        options.setTrustOptions(ssl.getTrustOptions()).setKeyCertOptions(ssl.getKeyCertOptions());
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(MOST_CONNECTIONS)
                .setHttp2MaxSize(8)
                .setMaxWaitQueueSize(MOST_CONNECTIONS);
        return vertx.createHttpClient(options, pool);
    }

    /**
     * @param tls towards the other side
     * @param http2 whether HTTP/2 is offered
     * @return the same for the host, to be read from the files anew
     */
    public static ClientSSLOptions tls(ClientTls tls, boolean http2) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setUseAlpn(http2)
                .setApplicationLayerProtocols(http2 ? List.of("h2", "http/1.1") : List.of("http/1.1"));
        tls.ca().ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
        tls.certificate()
                .ifPresent(certificate -> options.setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(certificate.toString())
                        .setKeyPath(tls.key().orElseThrow().toString())));
        return options;
    }
}
