package io.mcpaccess.guard.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The resource identifier of the MCP server (RFC 8707, RFC 9728): the URL its clients use, which AM puts in the {@code
 * aud} of a token for it.
 *
 * <p>AM stores resource identifiers in lower case but compares the client's {@code resource} exactly. A URL with a
 * capital in it could therefore never be asked for, and is refused here.
 *
 * @param uri absolute; https, or http on a loopback host; lower case, without user, query or fragment
 */
public record ResourceIdentifier(URI uri) {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * @throws IllegalArgumentException when the URL is of another form
     */
    public ResourceIdentifier {
        Objects.requireNonNull(uri, "uri");
        if (uri.getScheme() == null || uri.getHost() == null || uri.getUserInfo() != null) {
            throw refused(uri, "is not an absolute URL", "Use the URL that MCP clients connect to");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(uri, "has a query or a fragment", "Leave them out (RFC 8707, section 2)");
        }
        if (!uri.toString().equals(uri.toString().toLowerCase(Locale.ROOT))) {
            throw refused(
                    uri,
                    "has capital letters, and AM stores resource identifiers in lower case, so no token can be issued for it",
                    "Serve the MCP server under a lower-case URL");
        }
        boolean secure =
                uri.getScheme().equals("https") || uri.getScheme().equals("http") && LOOPBACK.contains(uri.getHost());
        if (!secure) {
            throw refused(uri, "is not https", "Plain http is only for loopback hosts");
        }
    }

    /**
     * @param url the MCP server's URL
     * @return the identifier
     * @throws IllegalArgumentException when the URL has another form than {@link ResourceIdentifier} takes
     */
    public static ResourceIdentifier of(String url) {
        return new ResourceIdentifier(URI.create(url));
    }

    /**
     * Where this resource's metadata is, with the well-known name between host and path (RFC 9728, section 3.1).
     *
     * @return the absolute URL that challenges point to
     */
    public URI metadataUrl() {
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + metadataPath());
    }

    /**
     * @return the path of {@link #metadataUrl()}
     */
    public String metadataPath() {
        String path = uri.getRawPath();
        return path.equals("/") ? WELL_KNOWN : WELL_KNOWN + path;
    }

    /**
     * @return the path at the host's root, which MCP clients try second
     */
    public String rootMetadataPath() {
        return WELL_KNOWN;
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    private static IllegalArgumentException refused(URI uri, String problem, String remedy) {
        return new IllegalArgumentException("The resource URL '" + uri + "' " + problem + ". " + remedy + ".");
    }
}
