package io.mcpaccess.policy.token;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.model.Domain;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.reporter.builder.AuditBuilder;
import io.gravitee.am.service.reporter.builder.gateway.PermissionEvaluatedAuditBuilder;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.text.Printable;
import io.mcpaccess.policy.am.DoubtException;
import io.mcpaccess.policy.am.StepRun;
import io.mcpaccess.policy.token.TokenStep.Finding;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one audit entry a run, AM's {@code PERMISSION_EVALUATED}: the subject, the MCP servers, and for each tool whether it
 * may be called. Tokens, secrets and personal data other than the subject's name never stand in it. A failing audit changes
 * nothing about the decision. Runs of which every tool may be called are left out where the engine's {@code AuditRule} says so.
 */
final class TokenAudit {

    private static final Logger LOGGER = LoggerFactory.getLogger(TokenAudit.class);

    private final StepRun run;

    /**
     * The audit of one run.
     *
     * @param run the request
     */
    TokenAudit(StepRun run) {
        this.run = run;
    }

    /**
     * Records a finding.
     *
     * @param finding what was found out
     * @param outcome {@code observed}, {@code passed}, {@code narrowed} or {@code refused}
     */
    void found(Finding finding, String outcome) {
        if (finding.answers().isEmpty() && finding.stale().isEmpty() || isPermitted(finding) && isLeftOut(finding)) {
            return;
        }
        Map<String, Object> tools = new LinkedHashMap<>();
        finding.answers()
                .map(ToolAnswers::byTool)
                .orElse(Map.of())
                .forEach((tool, answer) -> tools.put(
                        Printable.text(
                                tool.server().clientId() + "/" + tool.tool().key()),
                        reason(answer)));
        Map<String, Object> details = details(outcome);
        details.put("tools", tools);
        details.put("useless_scopes", printable(finding.verdict().useless()));
        details.put("reconsent_scopes", printable(finding.stale()));
        // Each is cut where it is too long, and never the list.
        String servers = finding.servers().stream()
                .map(McpServer::clientId)
                .map(Printable::text)
                .collect(Collectors.joining(" "));
        report(
                finding.answers()
                        .map(ToolAnswers::subject)
                        .map(who -> new AuthorizationEngineRequest.Subject(
                                Printable.text(who.type()), Printable.text(who.id()), Map.of()))
                        .orElse(null),
                servers,
                finding.verdict().useless().isEmpty() && finding.stale().isEmpty(),
                details,
                null);
    }

    private static List<String> printable(Collection<String> scopes) {
        return scopes.stream().map(Printable::text).toList();
    }

    private static boolean isPermitted(Finding finding) {
        return finding.stale().isEmpty()
                && finding.answers()
                        .filter(answers -> answers.byTool().keySet().stream().allMatch(answers::isHeld))
                        .isPresent();
    }

    private boolean isLeftOut(Finding finding) {
        return !finding.answers().orElseThrow().audits().takesPermit(run.random());
    }

    /**
     * Records a doubt.
     *
     * @param doubt why nothing could be decided
     * @param outcome {@code observed} or {@code refused}
     */
    void doubted(DoubtException doubt, String outcome) {
        Map<String, Object> details = details(outcome);
        details.put("reason_code", doubt.reason());
        report(null, "", false, details, doubt);
    }

    private Map<String, Object> details(String outcome) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("step", "token");
        details.put("mode", run.settings().mode().name().toLowerCase(Locale.ROOT));
        details.put("outcome", outcome);
        return details;
    }

    private void report(
            AuthorizationEngineRequest.Subject subject,
            String servers,
            boolean decision,
            Map<String, Object> details,
            Throwable problem) {
        try {
            // AM copies the domain's reference when the actor is set: the domain comes first.
            PermissionEvaluatedAuditBuilder entry = AuditBuilder.builder(PermissionEvaluatedAuditBuilder.class)
                    .domain(run.bean(Domain.class))
                    .actor(run.client().orElse(null))
                    .decisionId(UUID.randomUUID().toString())
                    .request(new AuthorizationEngineRequest(
                            subject,
                            new AuthorizationEngineRequest.Resource("mcp_server", servers, Map.of()),
                            new AuthorizationEngineRequest.Action(run.settings().action(), Map.of()),
                            new AuthorizationEngineRequest.Context(Map.of())))
                    .response(new AuthorizationEngineResponse(decision, details));
            if (problem != null) {
                entry.throwable(problem);
            }
            run.bean(AuditService.class).report(entry);
        } catch (RuntimeException e) {
            LOGGER.warn(
                    "The decision about a token could not be audited: {}",
                    e.getClass().getName());
        }
    }

    private static String reason(PermissionAnswer answer) {
        if (answer instanceof PermissionAnswer.Held) {
            return ReasonCode.PERMITTED.wireName();
        }
        return answer instanceof PermissionAnswer.NotHeld not
                ? not.reason().wireName()
                : ReasonCode.ENGINE_UNAVAILABLE.wireName();
    }
}
