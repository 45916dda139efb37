package io.mcpaccess.registry.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What AM can hold. AM's REST layer checks most of this with annotations ({@code NewProtectedResource}, {@code
 * NewMcpTool}), its services do not; whoever calls the services checks first. Nothing is ever renamed to make it fit.
 */
public final class AmLimits {

    /** The longest tool description that is registered. AM has no limit; a longer one is no description. */
    public static final int MAX_DESCRIPTION = 4096;

    /** The longest scope whose approvals every database of AM can hold. */
    public static final int MAX_SCOPE = 64;

    private static final int MAX_NAME = 64;
    private static final int MAX_IDENTIFIERS = 20;
    private static final int MAX_IDENTIFIER = 1024;
    private static final Pattern TOOL_KEY = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    /** RFC 6749, appendix A.4: a scope token has printable ASCII without space, quote and backslash. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}");

    private AmLimits() {}

    /**
     * Checks the name of a server.
     *
     * @param name the name
     * @return the name as AM stores it, without spaces at its end
     * @throws InvalidDeclarationException if AM cannot hold it
     */
    public static String name(String name) {
        if (name.isBlank() || Character.isWhitespace(name.charAt(0)) || name.length() > MAX_NAME) {
            throw new InvalidDeclarationException(
                    "name must have 1 to " + MAX_NAME + " characters and not begin with a space.");
        }
        if (SuspiciousText.isHidingSomething(name) || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidDeclarationException("name must be one line, without control or invisible characters.");
        }
        return name.trim();
    }

    /**
     * Checks resource identifiers and writes them as AM does: trimmed and in lower case.
     *
     * @param identifiers as declared
     * @return as AM stores them, without repeats
     * @throws InvalidDeclarationException if there is none, or one is no absolute http or https URL without fragment
     */
    public static List<String> identifiers(List<String> identifiers) {
        if (identifiers.isEmpty() || identifiers.size() > MAX_IDENTIFIERS) {
            throw new InvalidDeclarationException(
                    "resourceIdentifiers must be a list of 1 to " + MAX_IDENTIFIERS + " URLs.");
        }
        Set<String> stored = new LinkedHashSet<>();
        identifiers.forEach(identifier -> stored.add(identifier(identifier)));
        return List.copyOf(stored);
    }

    private static String identifier(String identifier) {
        String trimmed = identifier.strip();
        URI uri;
        try {
            uri = new URI(trimmed);
        } catch (URISyntaxException e) {
            throw unusable(identifier, "it is no URL");
        }
        if (trimmed.length() > MAX_IDENTIFIER) {
            throw unusable(identifier, "it is longer than " + MAX_IDENTIFIER + " characters");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw unusable(identifier, "it must begin with https:// or http://");
        }
        if (uri.getHost() == null) {
            throw unusable(identifier, "it has no host name");
        }
        if (uri.getRawUserInfo() != null) {
            throw new InvalidDeclarationException("A resource identifier must not hold a user name or a password.");
        }
        if (uri.getRawFragment() != null) {
            throw unusable(identifier, "it must not have a fragment (RFC 8707, section 2)");
        }
        return trimmed.toLowerCase(Locale.ROOT);
    }

    private static InvalidDeclarationException unusable(String identifier, String why) {
        String shown = identifier.length() > 200 ? identifier.substring(0, 200) + "..." : identifier;
        return new InvalidDeclarationException(
                "\"" + SuspiciousText.visible(shown) + "\" cannot be a resource identifier: " + why + ".");
    }

    /**
     * Checks a tool key.
     *
     * @param key the tool's name
     * @return why AM cannot hold it; empty if it can
     */
    public static Optional<String> problemOfToolKey(String key) {
        if (TOOL_KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        if (key.isEmpty()) {
            return Optional.of("AM needs a tool key of 1 to 64 characters; this one is empty");
        }
        return Optional.of(
                key.length() > 64
                        ? "AM holds tool keys of at most 64 characters; this one has " + key.length()
                        : "AM holds tool keys of a-z, A-Z, 0-9, _ and - only; rename the tool in the MCP server");
    }

    /**
     * Checks a tool's description.
     *
     * @param description the text
     * @return why it is not registered; empty if it can be
     */
    public static Optional<String> problemOfDescription(String description) {
        return description.length() <= MAX_DESCRIPTION
                ? Optional.empty()
                : Optional.of("The description has " + description.length() + " characters; at most " + MAX_DESCRIPTION
                        + " are registered");
    }

    /**
     * Checks a scope.
     *
     * @param scope the scope's key
     * @return why it cannot be one; empty if it can
     */
    public static Optional<String> problemOfScope(String scope) {
        return SCOPE.matcher(scope).matches()
                ? Optional.empty()
                : Optional.of("\"" + SuspiciousText.visible(scope)
                        + "\" cannot be a scope: printable ASCII without spaces, quotes and backslashes"
                        + " (RFC 6749, section 3.3)");
    }
}
