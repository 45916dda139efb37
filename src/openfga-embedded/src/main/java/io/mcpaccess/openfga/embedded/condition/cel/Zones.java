package io.mcpaccess.openfga.embedded.condition.cel;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time zones by the names and offsets that Go and cel-go know. */
final class Zones {

    /** What Go's data has, and Java's has not or has under another name. */
    private static final Map<String, ZoneOffset> FIXED = Map.of(
            "",
            ZoneOffset.UTC,
            "UTC",
            ZoneOffset.UTC,
            "Factory",
            ZoneOffset.UTC,
            "EST",
            ZoneOffset.ofHours(-5),
            "MST",
            ZoneOffset.ofHours(-7),
            "HST",
            ZoneOffset.ofHours(-10));

    private static final Map<String, String> OTHER_NAMES =
            Map.of("ROC", "Asia/Taipei", "GMT+0", "GMT0", "GMT-0", "GMT0", "posixrules", "America/New_York");
    private static final Set<String> OF_THE_MACHINE = Set.of("Local", "localtime");
    private static final String NOT_IN_GO = "SystemV/";
    private static final Pattern OFFSET = Pattern.compile("([+-]?\\d{1,9}):([+-]?\\d{1,9})");
    private static final int MOST_HOURS = 23;
    private static final int MOST_MINUTES = 59;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    private Zones() {}

    /**
     * A zone by name, such as {@code Europe/Berlin}, or by offset, such as {@code +02:00} or {@code 02:00}.
     *
     * @return the zone, or a Failure
     */
    static Object find(String name) {
        if (name.indexOf(':') >= 0) {
            Matcher parts = OFFSET.matcher(name);
            return parts.matches() ? offset(parts, name.charAt(0) == '-') : Failure.BAD_ZONE;
        }
        ZoneOffset fixed = FIXED.get(name);
        if (fixed != null) {
            return (Zone) at -> fixed.getTotalSeconds();
        }
        if (OF_THE_MACHINE.contains(name)) {
            return named(ZoneId.systemDefault());
        }
        String known = OTHER_NAMES.getOrDefault(name, name);
        return !known.startsWith(NOT_IN_GO)
                        && ZoneRulesProvider.getAvailableZoneIds().contains(known)
                ? named(ZoneId.of(known))
                : Failure.BAD_ZONE;
    }

    private static Zone named(ZoneId id) {
        ZoneRules rules = id.getRules();
        return at -> rules.getOffset(at).getTotalSeconds();
    }

    private static Object offset(Matcher parts, boolean west) {
        int hours = Integer.parseInt(parts.group(1));
        int minutes = Integer.parseInt(parts.group(2));
        if (Math.abs(hours) > MOST_HOURS || minutes < 0 || minutes > MOST_MINUTES) {
            return Failure.BAD_ZONE;
        }
        int seconds = hours * HOUR + (west ? -minutes : minutes) * MINUTE;
        return (Zone) at -> seconds;
    }

    /** Seconds east of UTC at a moment. */
    @FunctionalInterface
    interface Zone {
        int offset(Instant at);
    }
}
