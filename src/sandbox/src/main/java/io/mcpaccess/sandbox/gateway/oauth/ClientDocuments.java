package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ClientDocumentsRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients whose identifier is the URL of their metadata document (draft-ietf-oauth-client-id-metadata-document), as AM's
 * CimdMetadataServiceImpl has them since 4.12: fetched, checked, merged with a template, and kept as long as the document's
 * {@code Cache-Control} and the domain allow. A registered application goes before a document. Threads may share it.
 */
public final class ClientDocuments implements AutoCloseable {
    private static final int MOST = 500;
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|,)\\s*max-age\\s*=\\s*(\\d{1,9})");
    private static final Pattern NO_STORE = Pattern.compile("(?:^|,)\\s*no-store\\s*(?:,|$)");

    private final SecurityDomain domain;
    private final ClientDocumentsRow settings;
    private final Vertx vertx;
    private final HttpClient http;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(ApplicationRow client, long until) {}

    /**
     * Makes the clients of a domain.
     *
     * @param domain the domain
     * @param vertx the gateway's Vert.x
     */
    public ClientDocuments(SecurityDomain domain, Vertx vertx) {
        this.domain = domain;
        this.settings = domain.row().registration().documents();
        this.vertx = vertx;
        this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(settings.timeoutMillis()));
    }

    /**
     * A client whose document was fetched.
     *
     * @param clientId its identifier
     * @return the client; empty where the identifier is no URL or was not asked for yet
     */
    public Optional<ApplicationRow> find(String clientId) {
        synchronized (known) {
            return Optional.ofNullable(known.get(clientId)).map(Known::client);
        }
    }

    /** Fetches the document of a client where that is needed; fails with an {@link OAuthFailure} invalid_client_metadata. */
    Future<Void> prepare(String clientId) {
        if (clientId == null || !settings.enabled() || !clientId.matches("https?://.*") || isSettled(clientId)) {
            return Future.succeededFuture();
        }
        URI uri;
        try {
            uri = new ClientDocumentRules(settings).requireTrusted(clientId);
        } catch (OAuthFailure failure) {
            return Future.failedFuture(failure);
        }
        return requireReachable(uri).compose(reachable -> fetch(clientId)).map(document -> {
            keep(clientId, document);
            return null;
        });
    }

    private boolean isSettled(String clientId) {
        boolean registered = domain.tables()
                .applications()
                .where(row -> row.domain().equals(domain.id()) && row.clientId().equals(clientId))
                .findAny()
                .isPresent();
        synchronized (known) {
            Known client = known.get(clientId);
            return registered
                    || (client != null && client.until() > domain.clock().millis());
        }
    }

    private Future<Void> requireReachable(URI uri) {
        if (settings.privateAllowed()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> InetAddress.getAllByName(uri.getHost()), false)
                .recover(unknown ->
                        Future.failedFuture(ClientDocumentRules.invalid("The host of client_id is unknown.")))
                .compose(addresses -> ClientDocumentRules.arePublic(addresses)
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                ClientDocumentRules.invalid("client_id is on a private network or on this machine.")));
    }

    private record Document(JsonObject json, long seconds) {}

    private Future<Document> fetch(String url) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json");
        Promise<Document> done = Promise.promise();
        long timer = vertx.setTimer(
                settings.timeoutMillis(),
                late -> done.tryFail(ClientDocumentRules.invalid("Client metadata fetch timed out.")));
        http.request(options)
                .compose(request -> {
                    done.future().onFailure(cause -> request.reset());
                    return request.send();
                })
                .compose(this::read)
                .onSuccess(done::tryComplete)
                .onFailure(cause -> done.tryFail(
                        cause instanceof OAuthFailure
                                ? cause
                                : ClientDocumentRules.invalid("Unable to fetch client metadata.")));
        return done.future().onComplete(ended -> vertx.cancelTimer(timer));
    }

    private Future<Document> read(HttpClientResponse response) {
        Promise<Document> done = Promise.promise();
        response.exceptionHandler(done::tryFail);
        if (response.statusCode() != 200) {
            return Future.failedFuture(ClientDocumentRules.invalid(
                    "Client metadata endpoint returned HTTP " + response.statusCode() + "."));
        }
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > settings.mostKilobytes() * 1024) {
                done.tryFail(ClientDocumentRules.invalid("Client metadata response exceeds configured max size."));
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(end -> {
            try {
                done.tryComplete(new Document(new JsonObject(body), seconds(response.getHeader("Cache-Control"))));
            } catch (RuntimeException e) {
                done.tryFail(ClientDocumentRules.invalid("Client metadata response is not valid JSON."));
            }
        });
        return done.future();
    }

    private long seconds(String cacheControl) {
        if (cacheControl != null && NO_STORE.matcher(cacheControl).find()) {
            return 0;
        }
        Matcher age = MAX_AGE.matcher(cacheControl == null ? "" : cacheControl);
        return age.find() ? Math.min(Long.parseLong(age.group(1)), settings.cacheSeconds()) : settings.cacheSeconds();
    }

    private void keep(String clientId, Document document) {
        ApplicationRow template = domain.tables()
                .applications()
                .where(row -> row.domain().equals(domain.id()) && row.clientId().equals(settings.template()))
                .findFirst()
                .orElseThrow(() -> ClientDocumentRules.invalid("No template client available for CIMD resolution."));
        ApplicationRow client = ClientDocumentRules.client(clientId, template, document.json());
        synchronized (known) {
            known.put(clientId, new Known(client, domain.clock().millis() + 1000 * document.seconds()));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
