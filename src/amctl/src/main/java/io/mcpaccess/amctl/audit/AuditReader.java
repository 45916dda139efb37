package io.mcpaccess.amctl.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmAudits;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** Reads decisions page by page, the newest first, up to a bound. */
public final class AuditReader {

    private final AmAudits audits;
    private final int most;
    private final IntConsumer progress;

    /**
     * A reader.
     *
     * @param audits the domain's audit log
     * @param most how many entries are looked at, at the most
     * @param progress hears how many were, after each page
     */
    public AuditReader(AmAudits audits, int most, IntConsumer progress) {
        this.audits = audits;
        this.most = most;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param decisions those that were wanted, the newest first
     * @param looked how many entries were looked at
     * @param isCut whether the time that was asked for has older ones that nobody looked at
     */
    public record Found(List<AuditedDecision> decisions, int looked, boolean isCut) {
        public Found {
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * Reads.
     *
     * @param since the beginning of the time that is asked for
     * @param until its end
     * @param filter which decisions are wanted
     * @param wanted how many of them are enough
     * @return what was found
     * @throws CommandFailure where AM shows the caller no content of entries
     */
    public Found read(Instant since, Instant until, Predicate<AuditedDecision> filter, int wanted) {
        List<AuditedDecision> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int looked = 0;
        for (int page = 0; ; page++) {
            JsonNode entries = audits.decisions(since, until, page).path("data");
            for (JsonNode entry : entries) {
                Optional<AuditedDecision> decision = AuditedDecision.of(entry);
                if (decision.isEmpty()) {
                    throw new CommandFailure(
                            ExitCode.UNAUTHORISED,
                            "AM shows you its audit log without what was decided: that needs the right"
                                    + " ORGANIZATION_AUDIT with READ.");
                }
                if (!seen.add(decision.get().id())) {
                    continue;
                }
                looked++;
                if (filter.test(decision.get())) {
                    found.add(decision.get());
                    if (found.size() == wanted) {
                        return new Found(found, looked, false);
                    }
                }
            }
            boolean isEnd = entries.size() < AmAudits.PAGE;
            if (isEnd || looked >= most) {
                return new Found(found, looked, !isEnd);
            }
            progress.accept(looked);
        }
    }
}
