package io.mcpaccess.amctl.command;

import io.mcpaccess.amctl.grants.GrantTerms;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.time.DateTimeException;
import java.time.Instant;

/** A beginning: a span before now, or a moment. */
final class Since {

    private Since() {}

    static Instant of(String option, String text, Instant now) {
        try {
            return text.matches("\\d+\\s*[a-z]+") ? now.minus(GrantTerms.span(text)) : GrantTerms.moment(text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + " is a span such as 30m, 2h, 7d or 2w, or a moment such as 2027-01-01T00:00:00Z.");
        }
    }
}
