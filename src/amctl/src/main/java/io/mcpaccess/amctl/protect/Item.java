package io.mcpaccess.amctl.protect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import java.util.Locale;

/**
 * One part of a plan.
 *
 * @param what what it is about
 * @param change what happens to it
 * @param detail what a person should know, may be empty
 */
public record Item(String what, Change change, String detail) {
    /** What happens to a part. */
    public enum Change {
        /** It is put in. */
        ADDED,
        /** It is changed. */
        CHANGED,
        /** It is taken back. */
        REMOVED,
        /** It is as it should be. */
        UNCHANGED,
        /** It is left as somebody made it. */
        KEPT,
        /** It cannot be done; the detail says what to do. */
        REFUSED
    }

    /**
     * Whether the domain would be another after it.
     *
     * @return whether something is put in, changed or taken back
     */
    public boolean isChange() {
        return change == Change.ADDED || change == Change.CHANGED || change == Change.REMOVED;
    }

    /**
     * For a person.
     *
     * @return one line
     */
    public String line() {
        return String.format(Locale.ROOT, "  %-9s %s", name(), what) + (detail.isEmpty() ? "" : ": " + detail);
    }

    /**
     * For a program.
     *
     * @return {@code {what, change, detail}}
     */
    public ObjectNode json() {
        return Json.object().put("what", what).put("change", name()).put("detail", detail);
    }

    private String name() {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
