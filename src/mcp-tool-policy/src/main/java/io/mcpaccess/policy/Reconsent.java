package io.mcpaccess.policy;

import io.gravitee.am.model.oauth2.ScopeApproval;
import io.mcpaccess.core.mcp.McpTool;
import io.mcpaccess.policy.RequestedTools.RequestedTool;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a scope still stands for what the user approved. A scope that has gained a tool since must not carry it before
 * the user has approved again; losing a tool asks nobody.
 *
 * @param stale requested scopes with a tool that the user has not approved; their approval is withdrawn
 * @param adopted rows to write, with their expiry, for tools that the user approved without our step
 */
record Reconsent(Set<String> stale, Map<String, Date> adopted) {

    Reconsent {
        stale = Collections.unmodifiableSet(new LinkedHashSet<>(stale));
        adopted = Map.copyOf(adopted);
    }

    /**
     * Looks at a token request.
     *
     * @param requested the tools behind the requested scopes
     * @param all all tools of the domain
     * @param ledger what the user has approved for the application
     * @param autoApproved whether the application needs no approval for a scope
     * @return the scopes to leave out and the rows to write
     */
    static Reconsent of(
            RequestedTools requested, List<RequestedTool> all, ConsentLedger ledger, Predicate<String> autoApproved) {
        Map<String, Date> adopted = adoption(all, ledger);
        Set<String> stale = new LinkedHashSet<>();
        for (RequestedTool each : requested.tools()) {
            for (String scope : each.tool().scopes()) {
                String row = row(each, scope);
                if (requested.scopes().contains(scope)
                        && !autoApproved.test(scope)
                        && !ledger.hasRow(row)
                        && !adopted.containsKey(row)) {
                    stale.add(scope);
                }
            }
        }
        return new Reconsent(stale, adopted);
    }

    /**
     * The rows for what was approved without our step: the tools that are older than the approval.
     *
     * @param all all tools of the domain
     * @param ledger what the user has approved
     * @return keys of rows with their expiry
     */
    static Map<String, Date> adoption(List<RequestedTool> all, ConsentLedger ledger) {
        Map<String, Date> rows = new HashMap<>();
        for (String scope : ledger.approvedScopes()) {
            Optional<Instant> approvedAt = ledger.approvedWithoutUsAt(scope);
            if (approvedAt.isPresent()) {
                Date expiry =
                        ledger.approval(scope).map(ScopeApproval::getExpiresAt).orElseThrow();
                all.stream()
                        .filter(each -> each.tool().scopes().contains(scope))
                        .filter(each -> isNoYounger(each.tool(), approvedAt.get()))
                        .forEach(each -> rows.put(row(each, scope), expiry));
            }
        }
        return rows;
    }

    /**
     * The rows for scopes that the user has approved with this very answer: all the tools they stand for. A request may
     * name scopes that were approved before; they were not on the page.
     *
     * @param requested the tools behind the requested scopes
     * @param ledger what the user has approved, this answer included
     * @return keys of rows with their expiry, which is that of AM's own approval
     */
    static Map<String, Date> approval(RequestedTools requested, ConsentLedger ledger) {
        Map<String, Date> rows = new HashMap<>();
        for (RequestedTool each : requested.tools()) {
            each.tool().scopes().stream()
                    .filter(requested.scopes()::contains)
                    .filter(ledger::isJustApproved)
                    .forEach(scope -> ledger.approval(scope)
                            .map(ScopeApproval::getExpiresAt)
                            .ifPresent(expiry -> rows.put(row(each, scope), expiry)));
        }
        return rows;
    }

    static String row(RequestedTool each, String scope) {
        return ConsentLedger.rowKey(each.server().clientId(), scope, each.tool().key());
    }

    /** A tool whose age AM does not know counts as new. */
    private static boolean isNoYounger(McpTool tool, Instant approvedAt) {
        return tool.createdAt() != null && !tool.createdAt().isAfter(approvedAt);
    }
}
