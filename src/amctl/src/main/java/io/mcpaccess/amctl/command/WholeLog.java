package io.mcpaccess.amctl.command;

import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.audit.AuditReader;
import io.mcpaccess.amctl.audit.DecisionFilter;
import io.mcpaccess.amctl.audit.NewDecisions;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.time.Instant;

/** Every decision of a time, for the commands that count them. */
final class WholeLog {

    private WholeLog() {}

    /** Refuses an option {@code --most} that would read nothing. */
    static void check(int most) {
        if (most < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--most is a number, at least 1.");
        }
    }

    /** The decisions since {@code begin}, {@code most} of them, the newest first; says how far it is. */
    static AuditReader.Found read(ManagedDomain domain, int most, Instant begin, Instant now, Output output) {
        output.note("Reading the audit log …");
        return new AuditReader(domain.audits(), most, looked -> output.note(looked + " decisions read …"))
                .read(begin, now.plus(NewDecisions.LATE), DecisionFilter.ANY, Integer.MAX_VALUE);
    }
}
