package io.mcpaccess.amctl.replay;

import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.TupleKey;
import java.util.Map;
import java.util.Set;

/** Who is asked the questions of the audit log again. */
@FunctionalInterface
public interface ReplayEngine {

    /**
     * Asks.
     *
     * @param questions what was asked, each once
     * @return an answer to each of them
     */
    Map<TupleKey, Holding> answers(Set<TupleKey> questions);
}
