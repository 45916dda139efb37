package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A domain's audit log, as far as it is about decisions (AM's AuditsResource). */
public final class AmAudits {

    /** How many entries one page has. */
    public static final int PAGE = 100;

    private final AmClient am;
    private final String path;

    AmAudits(AmClient am, String path) {
        this.am = am;
        this.path = path;
    }

    /**
     * A page of entries, the newest first.
     *
     * @param since the beginning of the time that is asked for
     * @param until its end
     * @param page counted from 0
     * @return AM's page of Audit
     */
    public JsonNode decisions(Instant since, Instant until, int page) {
        return am.get(path + "/audits?type=PERMISSION_EVALUATED&from=" + since.toEpochMilli() + "&to="
                + until.toEpochMilli() + "&page=" + page + "&size=" + PAGE);
    }
}
