package io.mcpaccess.sandbox.management.am;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gravitee.am.management.service.AuditService;
import io.gravitee.am.model.common.Page;
import io.gravitee.am.reporter.api.audit.AuditReportableCriteria;
import io.gravitee.am.reporter.api.audit.model.Audit;
import io.gravitee.am.reporter.api.audit.model.AuditEntity;
import io.gravitee.am.reporter.api.audit.model.AuditOutcome;
import io.mcpaccess.sandbox.data.AuditRow;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** AM's search in its audit log, over the entries of both nodes. A message of several values is a JSON Patch, as AM keeps it. */
public final class TableAuditSearch implements AuditService {

    private final Tables tables;
    private final ObjectMapper mapper;

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     * @param mapper reads the entries
     */
    public TableAuditSearch(Tables tables, ObjectMapper mapper) {
        this.tables = tables;
        this.mapper = mapper;
    }

    @Override
    public Single<Page<Audit>> search(String domain, AuditReportableCriteria criteria, int page, int size) {
        return Single.fromCallable(() -> {
            List<AuditRow> found = tables.audits()
                    .where(row -> domain.equals(row.domain()) && isWanted(row, criteria))
                    .sorted(Comparator.comparingLong(AuditRow::timestamp).reversed())
                    .toList();
            List<Audit> data = found.stream()
                    .skip((long) page * size)
                    .limit(size)
                    .map(this::audit)
                    .toList();
            return new Page<>(data, page, found.size());
        });
    }

    private static boolean isWanted(AuditRow row, AuditReportableCriteria criteria) {
        return (criteria.types() == null || criteria.types().contains(row.type()))
                && (criteria.from() == 0 || row.timestamp() >= criteria.from())
                && (criteria.to() == 0 || row.timestamp() <= criteria.to());
    }

    private Audit audit(AuditRow row) {
        try {
            JsonNode json = mapper.readTree(row.json());
            AuditEntity actor = new AuditEntity();
            actor.setId(json.path("actor").path("id").asText(null));
            actor.setDisplayName(json.path("actor").path("displayName").asText(null));
            AuditOutcome outcome = new AuditOutcome();
            JsonNode message = json.path("outcome").path("message");
            outcome.setMessage(message.isObject() ? patch(message).toString() : message.asText(null));
            Audit audit = new Audit();
            audit.setId(row.id());
            audit.setType(row.type());
            audit.setActor(actor);
            audit.setOutcome(outcome);
            audit.setTimestamp(Instant.ofEpochMilli(row.timestamp()));
            return audit;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit entry of the sandbox is no JSON", e);
        }
    }

    private static ArrayNode patch(JsonNode added) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        added.fields()
                .forEachRemaining(member -> patch.addObject()
                        .put("op", "add")
                        .put("path", "/" + member.getKey())
                        .set("value", member.getValue()));
        return patch;
    }
}
