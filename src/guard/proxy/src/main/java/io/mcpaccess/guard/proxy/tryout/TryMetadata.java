package io.mcpaccess.guard.proxy.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * What must hold of the documents that a server leads to. They are a stranger's: one that names another server would get a
 * token for that one, and one that mixes two authorization servers would get the code of one at the other.
 */
final class TryMetadata {
    private TryMetadata() {}

    /** RFC 9728, section 3.3: the resource is the URL that was asked, or stands above it on the same host. */
    static void requireResourceOf(URI tried, String resource) throws TryException {
        URI named = uri(resource);
        String path = named.getRawPath();
        String asked = tried.getRawPath();
        boolean above = asked.equals(path) || asked.startsWith(path.endsWith("/") ? path : path + "/");
        if (!isSameOrigin(named, tried) || !above || asked.contains("..")) {
            throw new TryException("The metadata of " + tried + " is about another server, " + resource
                    + ". A token for that one would not be safe here.");
        }
    }

    /** RFC 8414, section 3.3, and RFC 9207: the issuer that was asked for, with its own endpoints. */
    static void requireOneServer(String issuer, JsonNode metadata) throws TryException {
        boolean one = issuer.equals(metadata.path("issuer").textValue());
        for (String endpoint : new String[] {"authorization_endpoint", "token_endpoint"}) {
            one &= isSameOrigin(uri(metadata.path(endpoint).asText()), uri(issuer));
        }
        if (!one) {
            throw new TryException(
                    "The metadata at " + issuer + " is of another authorization server, or leads to another one.");
        }
    }

    static URI uri(String text) throws TryException {
        try {
            URI uri = URI.create(text);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getRawAuthority() != null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException none) {
            // Said below.
        }
        throw new TryException("The server's metadata names an address that is none.");
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }
}
