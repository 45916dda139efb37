package io.mcpaccess.amctl.impact;

/** Which changes make a call fail. The names are those of the option's values. */
public enum FailRule {
    /** None. */
    never,
    /** Somebody gains a call, or the condition of one changes. */
    gain,
    /** Somebody loses a call, or the condition of one changes. */
    loss,
    /** Any. */
    any;

    boolean concerns(String change) {
        return switch (this) {
            case never -> false;
            case gain -> !change.equals("loses");
            case loss -> !change.equals("gains");
            case any -> true;
        };
    }
}
