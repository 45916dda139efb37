package io.mcpaccess.amctl.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What comes into the audit log while somebody looks on. AM writes late and out of order, so each look goes back a little. */
public final class NewDecisions {

    /** AM's reporters write in bulks, every few seconds. */
    public static final Duration LATE = Duration.ofMinutes(1);

    private final AuditReader reader;
    private final Predicate<AuditedDecision> filter;
    private final int most;
    private final Map<String, Instant> told = new HashMap<>();

    /**
     * Looks on.
     *
     * @param reader reads the log
     * @param filter which decisions are wanted
     * @param most how many decisions one look tells at the most
     */
    public NewDecisions(AuditReader reader, Predicate<AuditedDecision> filter, int most) {
        this.reader = reader;
        this.filter = filter;
        this.most = most;
    }

    /**
     * Leaves decisions out that were told already.
     *
     * @param decisions the decisions
     */
    public void skip(List<AuditedDecision> decisions) {
        decisions.forEach(decision -> told.put(decision.id(), decision.at()));
    }

    /**
     * Looks.
     *
     * @param now what time it is for AM
     * @return what was not there at the last look, the oldest first; at the first look, what is one minute old at the most
     */
    public List<AuditedDecision> look(Instant now) {
        Instant from = now.minus(LATE);
        List<AuditedDecision> fresh = new ArrayList<>();
        reader.read(from, now.plus(LATE), filter, most).decisions().stream()
                .filter(decision -> !told.containsKey(decision.id()))
                .forEach(fresh::add);
        skip(fresh);
        told.values().removeIf(at -> at.isBefore(from));
        Collections.reverse(fresh);
        return fresh;
    }
}
