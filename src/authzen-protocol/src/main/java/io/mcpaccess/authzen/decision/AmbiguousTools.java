package io.mcpaccess.authzen.decision;

import io.mcpaccess.core.decision.DecisionLog;
import io.mcpaccess.core.decision.DecisionRecord;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.text.Printable;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator about tools that nobody may call because two MCP servers share their name: once a tool, since a
 * mistake of configuration is asked about with every call.
 */
public final class AmbiguousTools implements DecisionLog {

    private static final Logger LOG = LoggerFactory.getLogger(AmbiguousTools.class);
    private static final int MAX_TOOLS = 1000;

    private final String domain;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Has told nothing yet.
     *
     * @param domain the domain's name, for the message
     */
    public AmbiguousTools(String domain) {
        this.domain = Objects.requireNonNull(domain, "domain");
    }

    @Override
    public void record(DecisionRecord decision) {
        if (decision.outcome().reason() != ReasonCode.TOOL_AMBIGUOUS) {
            return;
        }
        String tool = Printable.text(decision.request().resource().id());
        if (told.size() < MAX_TOOLS && told.add(tool)) {
            LOG.warn(
                    "Domain {}: the tool {} is denied to everybody, because several MCP servers have a tool of this name"
                            + " and permissions do not tell them apart. Set the engine's tool object to"
                            + " tool:{server}/{tool}, or allow shared tool names.",
                    domain,
                    tool);
        }
    }
}
