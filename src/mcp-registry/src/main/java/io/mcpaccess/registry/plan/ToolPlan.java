package io.mcpaccess.registry.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happens to a tool.
 *
 * @param key its key
 * @param description as it will be
 * @param previousDescription as it was, where it changes
 * @param scopes as they will be
 * @param previousScopes as they were, where they change
 * @param change what happens
 * @param reason why it is refused, or why it stays
 * @param warnings what the administrator should look at before applying
 * @param arguments which arguments the server wants conditions to look at; the guard's own settings decide
 */
public record ToolPlan(
        String key,
        String description,
        Optional<String> previousDescription,
        List<String> scopes,
        Optional<List<String>> previousScopes,
        PlannedChange change,
        Optional<String> reason,
        List<String> warnings,
        List<MappedArgument> arguments) {

    /** Nothing is null; lists are copied. */
    public ToolPlan {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(previousDescription, "previousDescription");
        Objects.requireNonNull(previousScopes, "previousScopes");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(reason, "reason");
        scopes = List.copyOf(scopes);
        warnings = List.copyOf(warnings);
        arguments = List.copyOf(arguments);
    }

    static ToolPlan refused(DeclaredTool tool, String reason) {
        String description = tool.description().orElse("");
        return new ToolPlan(
                tool.key(),
                description.length() <= AmLimits.MAX_DESCRIPTION
                        ? description
                        : description.substring(0, AmLimits.MAX_DESCRIPTION),
                Optional.empty(),
                tool.scopes().orElse(List.of()),
                Optional.empty(),
                PlannedChange.REFUSED,
                Optional.of(reason),
                List.of(),
                List.of());
    }

    static ToolPlan kept(RegisteredTool tool, PlannedChange change, String reason) {
        return new ToolPlan(
                tool.key(),
                tool.description(),
                Optional.empty(),
                tool.scopes(),
                Optional.empty(),
                change,
                Optional.of(reason),
                List.of(),
                List.of());
    }

    /**
     * The same entry with another warning.
     *
     * @param warning what the administrator should look at
     * @return a new entry
     */
    ToolPlan warned(String warning) {
        return with(Stream.of(warning), arguments);
    }

    /**
     * The same entry with what the server says about arguments.
     *
     * @param mapping what it says
     * @return a new entry
     */
    ToolPlan mapped(ArgumentMapping mapping) {
        return with(mapping.remarks().stream(), mapping.arguments());
    }

    private ToolPlan with(Stream<String> moreWarnings, List<MappedArgument> named) {
        return new ToolPlan(
                key,
                description,
                previousDescription,
                scopes,
                previousScopes,
                change,
                reason,
                Stream.concat(warnings.stream(), moreWarnings).toList(),
                named);
    }

    /**
     * The entry refused.
     *
     * @param why the reason
     * @return a new entry
     */
    ToolPlan refused(String why) {
        return new ToolPlan(
                key,
                description,
                Optional.empty(),
                scopes,
                Optional.empty(),
                PlannedChange.REFUSED,
                Optional.of(why),
                List.of(),
                arguments);
    }

    /**
     * Whether AM will have the tool as this entry says.
     *
     * @return true unless it is refused or removed
     */
    boolean holds() {
        return change != PlannedChange.REFUSED && change != PlannedChange.REMOVED;
    }
}
