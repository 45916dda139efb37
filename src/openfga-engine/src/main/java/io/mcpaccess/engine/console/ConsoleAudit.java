package io.mcpaccess.engine.console;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Reference;
import io.gravitee.am.service.AuditService;
import io.mcpaccess.openfga.Failures;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.am.AmPrincipal;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes down in AM's audit log who changed what in which store. AM itself audits changes of the engine, not of its data. */
public final class ConsoleAudit {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAudit.class);

    private final Supplier<AuditService> service;
    private final String store;

    /**
     * An audit of one store.
     *
     * @param service finds the node's audit service; gives null where there is none
     * @param store how the store is called in the audit
     */
    public ConsoleAudit(Supplier<AuditService> service, String store) {
        this.service = service;
        this.store = store;
    }

    /**
     * An entry about the change that is about to be made. To be made on the request's own thread, which alone knows the
     * caller.
     */
    Entry by(SecurityContext caller, String domain, String engine) {
        return new Entry(
                caller == null ? Optional.empty() : AmPrincipal.user(caller.getUserPrincipal()), domain, engine);
    }

    /** What is taken down about one change, once it has been made or has failed. */
    final class Entry {

        private final Optional<User> actor;
        private final String domain;
        private final String engine;

        private Entry(Optional<User> actor, String domain, String engine) {
            this.actor = actor;
            this.domain = domain;
            this.engine = engine;
        }

        void modelAdded(String modelId, Throwable thrown) {
            Map<String, Object> value = new LinkedHashMap<>();
            if (modelId != null) {
                value.put("authorizationModelId", modelId);
            }
            report("AUTHORIZATION_MODEL_ADDED", value, thrown);
        }

        void tupleAdded(TupleKey tuple, Throwable thrown) {
            report("AUTHORIZATION_TUPLE_ADDED", value(tuple), thrown);
        }

        void tupleDeleted(TupleKey tuple, Throwable thrown) {
            report("AUTHORIZATION_TUPLE_DELETED", value(tuple), thrown);
        }

        private static Map<String, Object> value(TupleKey tuple) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("user", tuple.user());
            value.put("relation", tuple.relation());
            value.put("object", tuple.object());
            return value;
        }

        private void report(String type, Map<String, Object> value, Throwable thrown) {
            value.put("store", store);
            LOG.info("{}: store {}, domain {}, {}", type, store, domain, thrown == null ? "done" : "failed");
            try {
                hand(type, value, thrown);
            } catch (RuntimeException | LinkageError e) {
                // The change is done or refused by now, and its answer must say that.
                LOG.error("{}: store {}, domain {} is missing in AM's audit log", type, store, domain, e);
            }
        }

        private void hand(String type, Map<String, Object> value, Throwable thrown) {
            AuditService audit = service.get();
            if (audit == null) {
                return;
            }
            StoreChange change =
                    new StoreChange().reference(Reference.domain(domain)).type(type);
            actor.ifPresent(change::principal);
            audit.report(change.of(engine, value).throwable(Failures.unwrapped(thrown)));
        }
    }
}
