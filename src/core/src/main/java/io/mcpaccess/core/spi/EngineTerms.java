package io.mcpaccess.core.spi;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AuditRule;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * On what terms an engine answers.
 *
 * @param access what the administrator set for tool access
 * @param audits which decisions stand in the audit log
 * @param deadline how long the engine takes at the most to answer {@link EngineOperations#evaluations}, or nothing where it does not
 *     say; callers wait {@link EngineOperations#MARGIN} longer
 */
public record EngineTerms(AccessSettings access, AuditRule audits, Optional<Duration> deadline) {

    /** Of an engine that does not say: somebody else's. */
    public static final EngineTerms UNKNOWN = new EngineTerms(AccessSettings.DEFAULTS, AuditRule.ALL, Optional.empty());

    /** Nothing is null. */
    public EngineTerms {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(audits, "audits");
        Objects.requireNonNull(deadline, "deadline");
    }
}
