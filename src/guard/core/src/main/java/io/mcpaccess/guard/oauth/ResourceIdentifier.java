package io.mcpaccess.guard.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The resource identifier of the MCP server (RFC 8707, RFC 9728): the URL its clients use, which AM puts in the {@code
 * aud} of a token for it.
 *
 * <p>AM stores resource identifiers in lower case but compares the client's {@code resource} exactly. A URL with a
 * capital in it could therefore never be asked for, and is refused here.
 *
 * <p>This is the one place that says whether two URLs mean the same server.
 *
 * @param uri absolute; https, or http on a loopback host; lower case, without user, query or fragment. The metadata
 *     names this one
 * @param others under which AM has registered the same server as well; of the same form
 */
public record ResourceIdentifier(URI uri, List<URI> others) {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final Pattern HOST_ALONE = Pattern.compile("https?://[^/?#]+");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * @throws IllegalArgumentException when the URL is of another form
     */
    public ResourceIdentifier {
        others = List.copyOf(others);
        requireUsable(uri);
        others.forEach(ResourceIdentifier::requireUsable);
    }

    private static void requireUsable(URI uri) {
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
        return new ResourceIdentifier(URI.create(url), List.of());
    }

    /**
     * @param urls other identifiers under which AM has registered this server
     * @return the same, known by these as well
     * @throws IllegalArgumentException when a URL has another form than {@link ResourceIdentifier} takes
     */
    public ResourceIdentifier alsoKnownAs(List<String> urls) {
        return new ResourceIdentifier(uri, urls.stream().map(URI::create).toList());
    }

    /**
     * Whether a token with this audience is for this server: AM puts there what the client asked for, which is one of the
     * server's identifiers to the letter. A host without a path and the same with {@code /} are one (RFC 3986, section
     * 6.2.3), and clients write either; a slash behind a path makes another URL of it.
     *
     * @param audience a value of {@code aud}
     * @return whether it names this server
     */
    public boolean isNamedBy(String audience) {
        return all().map(ResourceIdentifier::withPath).anyMatch(withPath(audience)::equals);
    }

    /**
     * Whether a client that sends its requests there means this server (RFC 9449, section 4.3: compared after the
     * normalization of RFC 3986, sections 6.2.2.1 and 6.2.3: capitals in scheme and host, the scheme's own port, an empty
     * path).
     *
     * @param url a URL without query and fragment
     * @return whether it is this server's
     */
    public boolean isReachedBy(String url) {
        return normal(url)
                .filter(given -> all().map(own -> normal(own).orElseThrow()).anyMatch(given::equals))
                .isPresent();
    }

    private Stream<String> all() {
        return Stream.concat(Stream.of(uri), others.stream()).map(URI::toString);
    }

    private static String withPath(String url) {
        return HOST_ALONE.matcher(url).matches() ? url + "/" : url;
    }

    private static Optional<String> normal(String url) {
        try {
            URI parsed = new URI(url);
            if (parsed.getScheme() == null
                    || parsed.getHost() == null
                    || parsed.getRawUserInfo() != null
                    || parsed.getRawQuery() != null
                    || parsed.getRawFragment() != null) {
                return Optional.empty();
            }
            String scheme = parsed.getScheme().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("https") ? 443 : 80;
            String port = parsed.getPort() < 0 || parsed.getPort() == usual ? "" : ":" + parsed.getPort();
            String path = parsed.getRawPath().isEmpty() ? "/" : parsed.getRawPath();
            return Optional.of(scheme + "://" + parsed.getHost().toLowerCase(Locale.ROOT) + port + path);
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
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
