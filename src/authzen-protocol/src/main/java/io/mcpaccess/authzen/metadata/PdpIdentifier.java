package io.mcpaccess.authzen.metadata;

import io.gravitee.am.model.Domain;
import io.gravitee.am.service.DomainReadService;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The URL that identifies a domain's PDP, from AM's configuration alone. A request's {@code Host} or forwarding headers
 * never count: whoever can set them for somebody else could send that one's questions to a server of his own.
 *
 * @param url an absolute URL without query, fragment and trailing slash
 */
public record PdpIdentifier(String url) {

    /** AM's setting of the gateway's public address, and what AM takes where it is missing. */
    public static final String GATEWAY_URL = "gateway.url";

    private static final String GATEWAY_URL_DEFAULT = "http://localhost:8092";

    private static final Logger LOG = LoggerFactory.getLogger(PdpIdentifier.class);

    public PdpIdentifier {
        Objects.requireNonNull(url, "url");
    }

    /**
     * Finds the identifier the way AM builds its own links: by AM's service, which knows data planes and virtual hosts, or
     * else from {@code gateway.url} and the domain's path.
     *
     * @param domain the domain
     * @param domains AM's service, empty where the gateway has none
     * @param gatewayUrl the value of {@code gateway.url}, or {@code null}
     * @return the identifier; empty where there is no usable URL, which is logged
     */
    public static Optional<PdpIdentifier> of(Domain domain, Optional<DomainReadService> domains, String gatewayUrl) {
        Optional<PdpIdentifier> identifier = domains.flatMap(service -> built(service, domain))
                .or(() -> domain.isVhostMode() ? Optional.empty() : joined(domain, gatewayUrl))
                .flatMap(PdpIdentifier::checked);
        if (identifier.isEmpty()) {
            LOG.error(
                    "Domain {}: {} gives no http(s) URL for it, so AuthZEN metadata are not served",
                    domain.getId(),
                    GATEWAY_URL);
        } else if (!identifier.get().isHttps() && !identifier.get().isOnThisMachine()) {
            LOG.warn(
                    "Domain {}: its AuthZEN metadata name {}, but AuthZEN wants https; set {} to the public address",
                    domain.getId(),
                    identifier.get().url(),
                    GATEWAY_URL);
        }
        return identifier;
    }

    /**
     * An endpoint of the PDP.
     *
     * @param path its path below the domain
     * @return its URL
     */
    public String endpoint(String path) {
        return url + path;
    }

    private boolean isHttps() {
        return url.startsWith("https://");
    }

    private boolean isOnThisMachine() {
        String host = URI.create(url).getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static Optional<String> built(DomainReadService service, Domain domain) {
        try {
            return Optional.ofNullable(service.buildUrl(domain, ""));
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("AM does not build URLs of domains here: {}", e.toString());
            return Optional.empty();
        }
    }

    private static Optional<String> joined(Domain domain, String gatewayUrl) {
        String base = gatewayUrl == null || gatewayUrl.isBlank() ? GATEWAY_URL_DEFAULT : gatewayUrl.strip();
        return Optional.of(withoutSlash(base) + (domain.getPath() == null ? "" : domain.getPath()));
    }

    private static Optional<PdpIdentifier> checked(String text) {
        try {
            URI uri = new URI(withoutSlash(text));
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            return http && plain && uri.getHost() != null
                    ? Optional.of(new PdpIdentifier(uri.toString()))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String withoutSlash(String text) {
        String cut = text;
        while (cut.endsWith("/")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }
}
