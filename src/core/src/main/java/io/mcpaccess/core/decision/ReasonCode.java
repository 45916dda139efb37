package io.mcpaccess.core.decision;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a decision is as it is. The wire names are stable: programs and dashboards rest on them. */
public enum ReasonCode {
    /** Every layer that was asked passed. */
    PERMITTED,
    /** The engine refused, in shadow mode: the refusal is recorded and the call let through. */
    SHADOWED,
    /** The token is unknown, expired, revoked or of another domain. */
    TOKEN_INACTIVE,
    /** The token was issued for another MCP server, or for none. */
    AUDIENCE_MISMATCH,
    /** The question is about somebody else than the token. */
    SUBJECT_MISMATCH,
    /** No registered MCP server has the tool. */
    TOOL_UNKNOWN,
    /** The token lacks a scope that the tool needs. */
    SCOPE_MISSING,
    /** The domain wants a token with every question about a tool. */
    TOKEN_REQUIRED,
    /** Several MCP servers have a tool of this name and the permission would not tell them apart. */
    TOOL_AMBIGUOUS,
    /** The caller may not ask this question. */
    CALLER_NOT_ALLOWED,
    /** The application may not use the tool. */
    CLIENT_NOT_ALLOWED,
    /** The acting agent lacks the permission. */
    ACTOR_DENIED,
    /** The tool came after the user approved the scope. */
    RECONSENT_REQUIRED,
    /** The subject does not hold the permission. */
    PERMISSION_DENIED,
    /** A condition of the permission lacks a parameter. */
    CONDITION_MISSING,
    /** The authorization model has no such type or relation. */
    MODEL_MISMATCH,
    /** The MCP method has no mapping. */
    METHOD_UNMAPPED,
    /** An identifier must not be put before the engine. */
    INVALID_IDENTIFIER,
    /** The domain has no authorization engine. */
    ENGINE_NOT_CONFIGURED,
    /** The authorization engine did not answer, or not clearly. */
    ENGINE_UNAVAILABLE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * The name that answers, audits and metrics carry.
     *
     * @return lower-case words joined by underscores
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Whether nothing could be decided, which a caller sees as status 503.
     *
     * @return {@code true} for the two reasons that are about the engine
     */
    public boolean isUnavailability() {
        return this == ENGINE_NOT_CONFIGURED || this == ENGINE_UNAVAILABLE;
    }

    /**
     * Whether a decision with this reason lets the call through.
     *
     * @return {@code true} for the two reasons of a yes
     */
    public boolean isPassage() {
        return this == PERMITTED || this == SHADOWED;
    }

    /**
     * Finds a reason by its wire name.
     *
     * @param name a wire name, or anything an engine of somebody else may have answered
     * @return the reason, if it is one
     */
    public static Optional<ReasonCode> named(Object name) {
        return Arrays.stream(values())
                .filter(each -> each.wireName.equals(name))
                .findFirst();
    }
}
