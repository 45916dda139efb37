package io.mcpaccess.openfga.embedded.condition.cel;

import com.google.re2j.Pattern;

/** Regular expressions with the syntax and the linear time of RE2, as Go has them. */
final class Patterns {

    private Patterns() {}

    /** Throws PatternSyntaxException. */
    static Pattern compile(String pattern) {
        return Pattern.compile(PatternRules.translated(pattern));
    }
}
