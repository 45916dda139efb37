package io.mcpaccess.registry.plan;

import java.util.Objects;

/**
 * An argument of a tool that its server wants conditions to look at.
 *
 * @param name how conditions call it
 * @param pointer where it stands in the arguments of a call (RFC 6901)
 * @param type {@code number}, {@code integer}, {@code string}, {@code boolean}, {@code timestamp} or {@code strings}, by the
 *     tool's schema
 */
public record MappedArgument(String name, String pointer, String type) {

    /** Nothing is null. */
    public MappedArgument {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(type, "type");
    }
}
