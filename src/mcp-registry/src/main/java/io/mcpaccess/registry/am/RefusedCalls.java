package io.mcpaccess.registry.am;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gravitee.am.management.service.AuditService;
import io.gravitee.am.model.common.Page;
import io.gravitee.am.reporter.api.audit.AuditReportableCriteria;
import io.gravitee.am.reporter.api.audit.model.Audit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads refused calls from AM's audit log, the newest first. AM keeps a decision as a JSON Patch against nothing; entries of the
 * policy about tokens are no calls and are left out.
 */
public final class RefusedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "PERMISSION_EVALUATED";
    private static final int A_READ = 100;

    private final AmServices services;

    /**
     * Refused calls of one node's domains.
     *
     * @param services AM's services
     */
    public RefusedCalls(AmServices services) {
        this.services = services;
    }

    /**
     * What was found.
     *
     * @param calls the refused ones, the newest first
     * @param looked how many decisions were looked at
     * @param isCut whether there are older ones in the time that was asked for
     */
    public record Found(List<RefusedCall> calls, int looked, boolean isCut) {

        /** Takes a copy of the list. */
        public Found {
            calls = List.copyOf(calls);
        }
    }

    /**
     * Refused calls since a moment.
     *
     * @param domainId the domain
     * @param since the moment
     * @param until the end of the time
     * @param most how many decisions are looked at, at the most
     * @param step run after each read; what it throws ends the search
     * @return the calls
     */
    public Found since(String domainId, Instant since, Instant until, int most, Runnable step) {
        AuditService audits = services.need(AuditService.class);
        AuditReportableCriteria criteria = new AuditReportableCriteria.Builder()
                .from(since.toEpochMilli())
                .to(until.toEpochMilli())
                .types(List.of(TYPE))
                .build();
        List<RefusedCall> calls = new ArrayList<>();
        int looked = 0;
        for (int page = 0; ; page++) {
            Page<Audit> found = Await.get(audits.search(domainId, criteria, page, A_READ));
            found.getData().forEach(audit -> refused(audit).ifPresent(calls::add));
            looked += found.getData().size();
            boolean isEnd = found.getData().size() < A_READ;
            if (isEnd || looked >= most) {
                return new Found(calls, looked, !isEnd && found.getTotalCount() > looked);
            }
            step.run();
        }
    }

    private static Optional<RefusedCall> refused(Audit audit) {
        String message = audit.getOutcome() == null || audit.getOutcome().getMessage() == null
                ? ""
                : audit.getOutcome().getMessage();
        JsonNode patch = json(message);
        if (!patch.isArray()) {
            // What got no answer is kept with its message alone: the reason code, a colon, the words.
            int colon = message.indexOf(':');
            return Optional.of(call(audit, MissingNode.getInstance(), colon < 1 ? "" : message.substring(0, colon)));
        }
        JsonNode response = value(patch, "/response");
        boolean isToken = response.path("context").path("step").asText().equals("token");
        if (isToken || !response.has("decision") || response.path("decision").asBoolean()) {
            return Optional.empty();
        }
        return Optional.of(call(
                audit,
                value(patch, "/request"),
                response.path("context").path("reason_code").asText()));
    }

    private static RefusedCall call(Audit audit, JsonNode request, String reason) {
        JsonNode subject = request.path("subject");
        return new RefusedCall(
                audit.timestamp(),
                audit.getActor() == null || audit.getActor().getDisplayName() == null
                        ? ""
                        : audit.getActor().getDisplayName(),
                subject.has("id")
                        ? subject.path("type").asText() + ":"
                                + subject.path("id").asText()
                        : "",
                request.path("resource").path("id").asText(),
                reason);
    }

    private static JsonNode value(JsonNode patch, String path) {
        for (JsonNode operation : patch) {
            if (operation.path("path").asText().equals(path)) {
                return operation.path("value");
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("[") ? JSON.readTree(text) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
