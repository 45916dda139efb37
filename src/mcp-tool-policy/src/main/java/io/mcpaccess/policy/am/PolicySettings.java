package io.mcpaccess.policy.am;

import io.mcpaccess.core.decision.TokenHolder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the administrator set for one step.
 *
 * @param mode what happens to scopes without a callable tool
 * @param subjectType the type that users have in permissions; applications and agents have their own
 * @param subject how a user is named in permissions
 * @param action what a tool call is called in the questions to the engine
 * @param reconsent whether scopes that gained a tool need the user's approval again
 * @param timeout how long the step may take in all
 */
public record PolicySettings(
        Mode mode, String subjectType, SubjectTemplate subject, String action, boolean reconsent, Duration timeout) {

    private static final List<String> NAMES =
            List.of("mode", "subject", "subjectType", "action", "reconsent", "timeoutMs");
    private static final int MAX_NAME = 40;
    private static final int MIN_TIMEOUT_MS = 50;
    private static final int MAX_TIMEOUT_MS = 10_000;

    /** Needs a mode and a timeout. */
    public PolicySettings {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(timeout, "timeout");
    }

    /** What the step does at the token endpoint. */
    public enum Mode {
        /** Records, and lets every token pass as it was asked for. */
        OBSERVE,
        /** Refuses the token when one of its scopes has no tool that the user may call. */
        REJECT,
        /** Takes such scopes out of the token, and refuses it when none is left. */
        NARROW
    }

    /**
     * Judges what AM handed over. A setting that is not understood could have been meant to close something, so none is passed
     * over.
     *
     * @param members what was set: JSON values by name
     * @param doubled the names that were set more than once
     * @return the settings, defaults where nothing was set
     * @throws IllegalArgumentException naming the setting and the right values, never the value that was given
     */
    public static PolicySettings read(Map<String, Object> members, Set<String> doubled) {
        requireClear(members, doubled);
        return new PolicySettings(
                mode(members.get("mode")),
                subjectType(text(members, "subjectType", TokenHolder.User.TYPE)),
                new SubjectTemplate(text(members, "subject", "")),
                text(members, "action", "tools/call"),
                flag(members, "reconsent"),
                Duration.ofMillis(timeout(members.get("timeoutMs"))));
    }

    private static void requireClear(Map<String, Object> members, Set<String> doubled) {
        members.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "There is no setting " + shown(name) + "; there are " + String.join(", ", NAMES) + ".");
            }
            if (value == null) {
                throw new IllegalArgumentException(name + " must not be null; leave it out for the default.");
            }
        });
        doubled.forEach(name -> {
            throw new IllegalArgumentException(name + " stands twice; keep one.");
        });
    }

    /** A name goes into the log. */
    private static String shown(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]", "?");
        return plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) + "…" : plain;
    }

    /** A user is never asked about as an application or agent, however they are called. */
    private static String subjectType(String type) {
        if (type.equals(TokenHolder.Application.TYPE) || type.equals(TokenHolder.Agent.TYPE)) {
            throw new IllegalArgumentException(
                    "subjectType is the type of users; application and agent are those of applications and agents.");
        }
        return type;
    }

    private static Mode mode(Object value) {
        if (value == null || value.equals("")) {
            return Mode.OBSERVE;
        }
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode must be observe, reject or narrow.");
    }

    private static String text(Map<String, Object> members, String name, String fallback) {
        Object value = members.get(name);
        if (value == null || value.equals("")) {
            return fallback;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " must be a text.");
    }

    private static boolean flag(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value == null || value instanceof Boolean) {
            return value == null || (Boolean) value;
        }
        throw new IllegalArgumentException(name + " must be true or false.");
    }

    private static int timeout(Object value) {
        if (value == null) {
            return 2_000;
        }
        if (value instanceof Integer millis && millis >= MIN_TIMEOUT_MS && millis <= MAX_TIMEOUT_MS) {
            return millis;
        }
        throw new IllegalArgumentException(
                "timeoutMs must be a whole number from " + MIN_TIMEOUT_MS + " to " + MAX_TIMEOUT_MS + ".");
    }
}
