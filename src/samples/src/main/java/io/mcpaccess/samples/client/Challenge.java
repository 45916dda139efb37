package io.mcpaccess.samples.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bearer challenge as a client reads it (RFC 6750, section 3; RFC 9728, section 5.1).
 *
 * @param parameters by name
 */
public record Challenge(Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * @param header the value of {@code WWW-Authenticate}
     * @return the challenge; empty when it is not for bearer tokens
     */
    public static Optional<Challenge> read(String header) {
        if (!header.regionMatches(true, 0, "Bearer", 0, 6)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2).replaceAll("\\\\(.)", "$1"));
        }
        return Optional.of(new Challenge(parameters));
    }

    /**
     * @param name of a parameter
     * @return its value, if sent
     */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
