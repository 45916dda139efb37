package io.mcpaccess.authzen.decision;

import io.gravitee.am.model.Domain;
import io.gravitee.am.service.DomainReadService;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the meters of a domain that was deleted or disabled. AM closes a domain's context at each change of the domain
 * too, and counters that begin again at every save would be of little use: so AM is asked whether the domain is still there.
 */
public final class EndOfDomain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndOfDomain.class);

    private final String domainId;
    private final Optional<DomainReadService> domains;
    private final DecisionMeters meters;

    /**
     * Wires it; nothing happens before the close.
     *
     * @param domainId the domain's id
     * @param domains AM's stored domains; where AM has no such bean, the meters go at every close
     * @param meters the domain's meters
     */
    public EndOfDomain(String domainId, Optional<DomainReadService> domains, DecisionMeters meters) {
        this.domainId = domainId;
        this.domains = domains;
        this.meters = meters;
    }

    /** Asks AM, without waiting for the answer. Meters that nobody needs do no harm: if AM does not say, they stay. */
    @Override
    public void close() {
        if (domains.isEmpty()) {
            meters.remove();
            return;
        }
        try {
            domains.get()
                    .findById(domainId)
                    .map(Domain::isEnabled)
                    .defaultIfEmpty(false)
                    .subscribe(isServed -> removeUnless(isServed), this::stay);
        } catch (RuntimeException e) {
            stay(e);
        }
    }

    private void removeUnless(boolean isServed) {
        if (!isServed) {
            meters.remove();
        }
    }

    private void stay(Throwable failure) {
        LOG.debug("Domain {}: not known whether it is still there; its meters stay", domainId, failure);
    }
}
