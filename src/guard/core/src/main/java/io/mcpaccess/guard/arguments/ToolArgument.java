package io.mcpaccess.guard.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.jsonrpc.MemberNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One argument of a tool that conditions of OpenFGA may look at, such as {@code amount <= limit}.
 *
 * @param name how conditions call it: a parameter of theirs
 * @param pointer where its value stands in the arguments of a call (RFC 6901), such as {@code /amount}; through objects
 *     only, as a limit on one element of an array says nothing about the next
 * @param type what it must be to count
 */
public record ToolArgument(String name, String pointer, ArgumentType type) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01]){1,128}){1,8}");
    /** What the question says in words of its own, or the engine does. */
    private static final Set<String> TAKEN = Set.of(
            "access_token",
            "access_token_proof_checked",
            "scope",
            "assumed_scope",
            "current_time",
            "request_ip",
            "agent");

    private static final Pattern PROPERTY = Pattern.compile("(subject|resource|action)_.*");

    /**
     * @throws IllegalArgumentException when name or pointer cannot be right; the message says why
     */
    public ToolArgument {
        Objects.requireNonNull(type, "type");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "An argument's name in conditions has 1 to 64 letters, digits and _, and does"
                            + " not begin with a digit.");
        }
        if (TAKEN.contains(name) || PROPERTY.matcher(name).matches()) {
            throw new IllegalArgumentException("An argument cannot be called '" + name
                    + "' in conditions: the question itself uses this name. Take another; the pointer stays as it is.");
        }
        if (!POINTER.matcher(pointer).matches()) {
            throw new IllegalArgumentException(
                    "The argument '" + name + "' needs a JSON pointer of 1 to 8 steps, such as"
                            + " /amount or /order/amount, which starts in the arguments of the call.");
        }
    }

    /** What is found where the pointer leads. */
    sealed interface Found {
        /** Of the right type. */
        record Value(JsonNode value) implements Found {}

        /** Nothing, or nothing of this type. */
        record Absent() implements Found {}

        /** A member on the way looks like one of the pointer's: another reader may find another value. */
        record Unclear() implements Found {}
    }

    Found in(JsonNode arguments) {
        JsonNode at = arguments;
        for (String step : steps()) {
            if (MemberNames.hasLookalike(at, Set.of(step))) {
                return new Found.Unclear();
            }
            at = at.isObject() ? at.path(step) : at.path("");
        }
        Optional<JsonNode> value = type.read(at);
        return value.isPresent() ? new Found.Value(value.get()) : new Found.Absent();
    }

    private List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (String step : pointer.substring(1).split("/")) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }
}
