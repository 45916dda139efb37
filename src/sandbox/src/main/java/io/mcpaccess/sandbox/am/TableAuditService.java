package io.mcpaccess.sandbox.am;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.reporter.builder.AuditBuilder;
import io.mcpaccess.contract.AuditEntry;
import io.mcpaccess.sandbox.data.AuditRow;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.Tables;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AM's AuditService: keeps a node's last 10,000 entries in the shared database, where a test can read them; never throws at its caller. */
public final class TableAuditService implements AuditService {
    private static final Logger LOG = LoggerFactory.getLogger(TableAuditService.class);
    private static final int KEPT = 10_000;

    private final Rows<AuditRow> rows;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final Queue<String> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     * @param mapper writes the entries
     * @param clock stamps them
     */
    public TableAuditService(Tables tables, ObjectMapper mapper, Clock clock) {
        this.rows = tables.audits();
        this.mapper = mapper;
        this.clock = clock;
    }

    @Override
    public void report(AuditBuilder<?> builder) {
        try {
            AuditEntry entry = builder.toContractEntry();
            String id = UUID.randomUUID().toString();
            long now = clock.millis();
            String status = entry.throwable() == null ? "SUCCESS" : "FAILURE";
            rows.save(new AuditRow(id, domain(entry), entry.type(), status, now, json(id, now, status, entry)));
            kept.add(id);
            if (size.incrementAndGet() > KEPT) {
                size.decrementAndGet();
                rows.take(kept.poll());
            }
            LOG.debug("audit {} {} domain={}", entry.type(), status, domain(entry));
        } catch (RuntimeException | JsonProcessingException e) {
            LOG.error("An audit entry could not be kept", e);
        }
    }

    private static String domain(AuditEntry entry) {
        return entry.reference() != null && entry.reference().type() == ReferenceType.DOMAIN
                ? entry.reference().id()
                : null;
    }

    private String json(String id, long now, String status, AuditEntry entry) throws JsonProcessingException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("timestamp", now);
        json.put("type", entry.type());
        json.put("domain", domain(entry));
        json.put("accessPoint", pair("id", entry.accessPointId(), "alternativeId", entry.accessPointClientId()));
        json.put("actor", pair("id", entry.actorId(), "displayName", entry.actorName()));
        json.put("target", pair("id", entry.targetId(), "type", entry.targetType()));
        json.put("ipAddress", entry.ipAddress());
        json.put("userAgent", entry.userAgent());
        json.put(
                "outcome",
                pair(
                        "status",
                        status,
                        "message",
                        entry.throwable() == null
                                ? entry.newValue()
                                : entry.throwable().getMessage()));
        return mapper.writeValueAsString(json);
    }

    private static Map<String, Object> pair(String first, Object one, String second, Object two) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(first, one);
        pair.put(second, two);
        return pair;
    }
}
