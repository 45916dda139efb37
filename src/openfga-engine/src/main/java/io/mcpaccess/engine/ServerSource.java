package io.mcpaccess.engine;

import static io.mcpaccess.engine.Values.between;
import static io.mcpaccess.engine.Values.secretOf;
import static io.mcpaccess.engine.Values.textOf;

import io.mcpaccess.openfga.server.Authentication;
import io.mcpaccess.openfga.server.ServerSettings;
import io.mcpaccess.openfga.server.http.TlsMaterial;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the settings of the server mode. */
final class ServerSource {

    /** OpenFGA's ids are ULIDs. */
    private static final Pattern ULID = Pattern.compile("[ABCDEFGHJKMNPQRSTVWXYZ0-9]{26}");

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,1000}");
    private static final Set<String> OWN_HEADERS = Set.of(
            "authorization",
            "content-type",
            "content-length",
            "host",
            "connection",
            "expect",
            "upgrade",
            "traceparent");

    private ServerSource() {}

    static ServerSettings settings(OpenFgaConfiguration c) {
        return new ServerSettings(
                address("connectionUri", c.connectionUri),
                ulid("storeId", c.storeId)
                        .orElseThrow(
                                () -> new IllegalArgumentException("storeId is missing: the id of OpenFGA's store")),
                ulid("authorizationModelId", c.authorizationModelId),
                authentication(c),
                new TlsMaterial(
                        textOf(c.tlsTrustedCertificates), textOf(c.tlsClientCertificate), secretOf(c.tlsClientKey)),
                timeouts(c),
                c.retry == null || c.retry,
                new ServerSettings.Breaker(
                        between("breakerFailures", c.breakerFailures, 10, 1, 1000),
                        Duration.ofSeconds(between("breakerPauseSeconds", c.breakerPauseSeconds, 5, 1, 300))),
                isHigher(c.consistency),
                new LinkedHashSet<>(Values.names("higherConsistencyRelations", c.higherConsistencyRelations)),
                cache(c),
                headers(c));
    }

    private static ServerSettings.Timeouts timeouts(OpenFgaConfiguration c) {
        return new ServerSettings.Timeouts(
                Duration.ofMillis(between("connectTimeoutMillis", c.connectTimeoutMillis, 300, 10, 10_000)),
                Duration.ofMillis(between("readTimeoutMillis", c.readTimeoutMillis, 500, 10, 10_000)),
                Duration.ofMillis(between("deadlineMillis", c.deadlineMillis, 500, 10, 10_000)),
                ServerSettings.Timeouts.defaults().search());
    }

    private static Optional<ServerSettings.Cache> cache(OpenFgaConfiguration c) {
        int allow = between("cacheAllowSeconds", c.cacheAllowSeconds, 0, 0, 300);
        if (allow == 0) {
            return Optional.empty();
        }
        int deny = between("cacheDenySeconds", c.cacheDenySeconds, 1, 0, allow);
        int entries = between("cacheEntries", c.cacheEntries, 10_000, 100, 1_000_000);
        return Optional.of(new ServerSettings.Cache(Duration.ofSeconds(allow), Duration.ofSeconds(deny), entries));
    }

    private static URI address(String name, String value) {
        String text = textOf(value)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " is missing: OpenFGA's address, such as http://openfga:8080"));
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, without the text: somebody may have put a password into it.
        }
        throw new IllegalArgumentException(
                name + " must be an address such as https://openfga.example.com:8080, without user and query");
    }

    static Optional<String> ulid(String name, String value) {
        Optional<String> id = textOf(value);
        if (id.isPresent() && !ULID.matcher(id.get()).matches()) {
            throw new IllegalArgumentException(name + " must be one of OpenFGA's ids, 26 capital letters and digits");
        }
        return id;
    }

    private static Authentication authentication(OpenFgaConfiguration c) {
        Optional<String> token = secretOf(c.apiToken);
        Optional<String> clientId = textOf(c.clientId);
        if (token.isPresent() && clientId.isPresent()) {
            throw new IllegalArgumentException(
                    "apiToken and clientId exclude each other: OpenFGA takes one of the two");
        }
        if (clientId.isPresent()) {
            return new Authentication.ClientCredentials(
                    tokenEndpoint(c.apiTokenIssuer),
                    clientId.get(),
                    secretOf(c.clientSecret)
                            .orElseThrow(() -> new IllegalArgumentException("clientSecret is missing beside clientId")),
                    textOf(c.apiAudience),
                    textOf(c.scopes)
                            .map(scopes -> Arrays.asList(scopes.split("\\s+")))
                            .orElse(List.of()));
        }
        return token.<Authentication>map(Authentication.ApiToken::new).orElse(new Authentication.None());
    }

    /** OpenFGA's own clients take an issuer's host name alone and find the endpoint at {@code /oauth/token}. */
    private static URI tokenEndpoint(String issuer) {
        String text = textOf(issuer)
                .orElseThrow(() -> new IllegalArgumentException("apiTokenIssuer is missing beside clientId"));
        URI uri = address("apiTokenIssuer", text.contains("://") ? text : "https://" + text);
        boolean bare = uri.getPath() == null || uri.getPath().isEmpty() || "/".equals(uri.getPath());
        return bare ? uri.resolve("/oauth/token") : uri;
    }

    private static boolean isHigher(String consistency) {
        String name = textOf(consistency).orElse("minimizeLatency").replaceAll("[ _-]", "");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "minimizelatency" -> false;
            case "higherconsistency" -> true;
            default -> throw new IllegalArgumentException("consistency must be minimizeLatency or higherConsistency");
        };
    }

    private static Map<String, String> headers(OpenFgaConfiguration c) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (OpenFgaConfiguration.Header header : Values.complete("headers", c.headers)) {
            String name = textOf(header.name).orElse("");
            String value = textOf(header.value).orElse("");
            if (!HEADER_NAME.matcher(name).matches()
                    || !HEADER_VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "headers: a name or value holds characters that HTTP does not allow");
            }
            if (Values.isMask(value)) {
                throw new IllegalArgumentException("headers: the value of " + name + " is masked; enter it again");
            }
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("headers: " + name + " is set by the engine itself");
            }
            headers.put(name, value);
        }
        return headers;
    }
}
