package io.mcpaccess.registry.am;

import io.gravitee.am.model.Reference;
import io.gravitee.am.service.AuditService;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes down in AM's audit log who looked at whose access. A look that cannot be taken down is in the node's log. */
public final class ViewAudit {

    private static final Logger LOG = LoggerFactory.getLogger(ViewAudit.class);

    private final AmServices services;

    /**
     * An audit of one node.
     *
     * @param services AM's services
     */
    public ViewAudit(AmServices services) {
        this.services = services;
    }

    /**
     * Takes one look down.
     *
     * @param caller who looked, in which domain
     * @param engine the engine that was asked
     * @param view what was looked at, such as {@code map} or {@code why}
     * @param asked what was asked for; no secrets
     */
    public void viewed(AdmittedCaller caller, String engine, String view, Map<String, String> asked) {
        try {
            ViewEntry entry =
                    new ViewEntry().reference(Reference.domain(caller.domain().getId()));
            services.need(AuditService.class)
                    .report(entry.type(ViewEntry.TYPE).principal(caller.user()).of(engine, view, asked));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "A look at {} of domain {} is missing in AM's audit log",
                    view,
                    caller.domain().getId(),
                    e);
        }
    }
}
