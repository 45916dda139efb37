package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import java.util.Locale;

/**
 * One thing that the doctor saw.
 *
 * @param grade how bad it is
 * @param what what is so
 * @param why why it matters; empty for what is in order
 * @param mend the command or the setting that mends it; empty for what is in order
 */
public record Finding(Grade grade, String what, String why, String mend) {
    /** How bad it is. */
    public enum Grade {
        /** Something does not work, or does not protect. */
        ERROR,
        /** Something will surprise somebody. */
        WARNING,
        /** Worth knowing, or not to be checked from here. */
        NOTE,
        /** In order. */
        OK
    }

    static Finding error(String what, String why, String mend) {
        return new Finding(Grade.ERROR, what, why, mend);
    }

    static Finding warning(String what, String why, String mend) {
        return new Finding(Grade.WARNING, what, why, mend);
    }

    static Finding note(String what, String why, String mend) {
        return new Finding(Grade.NOTE, what, why, mend);
    }

    static Finding ok(String what) {
        return new Finding(Grade.OK, what, "", "");
    }

    /**
     * Whether somebody has to do something.
     *
     * @return true for errors and warnings
     */
    public boolean isIll() {
        return grade == Grade.ERROR || grade == Grade.WARNING;
    }

    /**
     * For a person.
     *
     * @return one line
     */
    public String line() {
        return String.format(Locale.ROOT, "  %-8s %s", name(), what)
                + (why.isEmpty() ? "" : ": " + why)
                + (mend.isEmpty() ? "" : " -> " + mend);
    }

    /**
     * For a program.
     *
     * @return {@code {grade, what, why, mend}}
     */
    public ObjectNode json() {
        return Json.object()
                .put("grade", name())
                .put("what", what)
                .put("why", why)
                .put("mend", mend);
    }

    private String name() {
        return grade.name().toLowerCase(Locale.ROOT);
    }
}
