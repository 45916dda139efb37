package io.mcpaccess.sandbox.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The keys of gravitee.yml that the plugins and the sandbox read. AM takes an unknown key in silence, and a switch with a typing
 * error stays as it was; here it is a mistake.
 */
final class KnownSettings {
    private static final Pattern TEXT = Pattern.compile("(?s).*");
    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private static final Map<String, Pattern> KEYS = Map.of(
            "gateway.url", TEXT,
            "mcp.authzen.rateLimit.burst", NUMBER,
            "mcp.authzen.rateLimit.requestsPerSecond", NUMBER,
            "mcp.embedded.dir", TEXT,
            "mcp.embedded.maxAgeSeconds", NUMBER,
            "mcp.import.allowPrivateNetworks", FLAG,
            "mcp.search.pagingKey", TEXT,
            "sandbox.accessTokenSeconds", NUMBER,
            "sandbox.failures.servers", NUMBER,
            "sandbox.refreshTokenSeconds", NUMBER);

    /** Switches of AM's plugin registry, such as {@code policies.mcp-tool-access.enabled}. */
    private static final Pattern SWITCH = Pattern.compile("[a-z-]+\\.[a-z-]+\\.enabled");

    private KnownSettings() {}

    /** All keys, for a message. */
    static Set<String> keys() {
        return new TreeSet<>(KEYS.keySet());
    }

    static boolean isKnown(String key) {
        return KEYS.containsKey(key) || SWITCH.matcher(key).matches();
    }

    /** What a value should be where it is something else. */
    static Optional<String> wrong(String key, String value) {
        Pattern kind = KEYS.getOrDefault(key, SWITCH.matcher(key).matches() ? FLAG : TEXT);
        if (kind.matcher(value.trim()).matches()) {
            return Optional.empty();
        }
        return Optional.of(kind == FLAG ? "true or false" : "a whole number");
    }
}
