package io.mcpaccess.sandbox.am;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.reporter.builder.AuditBuilder;
import io.mcpaccess.contract.AuditEntry;
import io.mcpaccess.sandbox.data.AuditRows;
import io.mcpaccess.sandbox.data.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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

    private final AuditRows rows;
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
            rows.add(id, json(id, now, status, entry));
            kept.add(id);
            if (size.incrementAndGet() > KEPT) {
                size.decrementAndGet();
                rows.remove(kept.poll());
            }
            LOG.debug("audit {} {} domain={}", entry.type(), status, domain(entry));
        } catch (RuntimeException | IOException e) {
            LOG.error("An audit entry could not be kept", e);
        }
    }

    private static String domain(AuditEntry entry) {
        return entry.reference() != null && entry.reference().type() == ReferenceType.DOMAIN
                ? entry.reference().id()
                : null;
    }

    /** AM writes an entry's JSON once as well, on its way into the database. */
    private String json(String id, long now, String status, AuditEntry entry) throws IOException {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(1024);
                JsonGenerator out = mapper.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("id", id);
            out.writeNumberField("timestamp", now);
            out.writeStringField("type", entry.type());
            out.writeStringField("domain", domain(entry));
            pair(out, "accessPoint", "id", entry.accessPointId(), "alternativeId", entry.accessPointClientId());
            pair(out, "actor", "id", entry.actorId(), "displayName", entry.actorName());
            pair(out, "target", "id", entry.targetId(), "type", entry.targetType());
            out.writeStringField("ipAddress", entry.ipAddress());
            out.writeStringField("userAgent", entry.userAgent());
            out.writeObjectFieldStart("outcome");
            out.writeStringField("status", status);
            out.writeFieldName("message");
            if (entry.throwable() == null) {
                mapper.writeValue(out, entry.newValue());
            } else {
                out.writeString(entry.throwable().getMessage());
            }
            out.writeEndObject();
            out.writeEndObject();
            out.flush();
            return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
        }
    }

    private static void pair(JsonGenerator out, String name, String first, String one, String second, String two)
            throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField(first, one);
        out.writeStringField(second, two);
        out.writeEndObject();
    }
}
