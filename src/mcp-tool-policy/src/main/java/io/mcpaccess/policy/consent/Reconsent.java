package io.mcpaccess.policy.consent;

import io.gravitee.am.model.oauth2.ScopeApproval;
import io.mcpaccess.core.mcp.McpTool;
import io.mcpaccess.policy.am.RequestedTools;
import io.mcpaccess.policy.am.RequestedTools.RequestedTool;
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
 * @param adopted rows to write for tools that the user approved without our step
 */
public record Reconsent(Set<String> stale, ConsentRows adopted) {

    /** Copies what it is given. */
    public Reconsent {
        stale = Collections.unmodifiableSet(new LinkedHashSet<>(stale));
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
    public static Reconsent of(
            RequestedTools requested, List<RequestedTool> all, ConsentLedger ledger, Predicate<String> autoApproved) {
        ConsentRows adopted = adoption(all, ledger);
        Set<String> stale = new LinkedHashSet<>();
        for (RequestedTool each : requested.tools()) {
            for (String scope : each.tool().scopes()) {
                String row = row(each, scope);
                if (requested.scopes().contains(scope)
                        && !autoApproved.test(scope)
                        && !ledger.hasRow(row)
                        && !adopted.tools().containsKey(row)) {
                    stale.add(scope);
                }
            }
        }
        return new Reconsent(stale, adopted);
    }

    /**
     * The rows for what was approved without our step: the tools that are older than the approval. Two token requests at
     * once find the same, however many of the rows the other has written.
     *
     * @param all all tools of the domain
     * @param ledger what the user has approved
     * @return the rows that are missing
     */
    static ConsentRows adoption(List<RequestedTool> all, ConsentLedger ledger) {
        return adoption(all, ledger, ledger.approvedScopes());
    }

    private static ConsentRows adoption(List<RequestedTool> all, ConsentLedger ledger, Set<String> scopes) {
        Map<String, Date> tools = new HashMap<>();
        Map<String, Date> markers = new HashMap<>();
        for (String scope : scopes) {
            Optional<Instant> approvedAt = ledger.approvedUnmarkedAt(scope);
            List<RequestedTool> behind = all.stream()
                    .filter(each -> each.tool().scopes().contains(scope))
                    .toList();
            if (approvedAt.isPresent() && !behind.isEmpty()) {
                Date expiry = expiry(scope, ledger);
                behind.stream()
                        .filter(each -> isNoYounger(each.tool(), approvedAt.get()))
                        .map(each -> row(each, scope))
                        .filter(row -> !ledger.hasRowUntil(row, expiry))
                        .forEach(row -> tools.put(row, expiry));
                markers.put(ConsentLedger.markerKey(scope), expiry);
            }
        }
        return new ConsentRows(tools, markers);
    }

    /**
     * The rows after an answer on the page: for scopes that the user has approved with this very answer all the tools
     * they stand for, for the others what {@link #adoption} finds. A scope without tools gets its marker as well: a tool
     * that it gains later is new, however old it is. For a scope that AM saved although the page did not show it as it is,
     * only what was approved before counts.
     *
     * @param approved the tools behind the scopes that AM has saved as approved
     * @param shown those of these scopes that the page has shown as they are
     * @param all all tools of the domain
     * @param ledger what the user has approved, this answer included
     * @return the rows, with the expiry of AM's own approvals
     */
    static ConsentRows approval(
            RequestedTools approved, Set<String> shown, List<RequestedTool> all, ConsentLedger ledger) {
        Set<String> answered = new LinkedHashSet<>(approved.scopes());
        answered.removeIf(scope -> !ledger.isJustApproved(scope));
        Set<String> before = new LinkedHashSet<>(ledger.approvedScopes());
        before.removeAll(answered);
        ConsentRows adopted = adoption(all, ledger, before);
        Map<String, Date> tools = new HashMap<>(adopted.tools());
        Map<String, Date> markers = new HashMap<>(adopted.markers());
        answered.forEach(scope -> {
            Date expiry = expiry(scope, ledger);
            if (shown.contains(scope)) {
                approved.behind(scope).forEach(each -> tools.put(row(each, scope), expiry));
            }
            if (shown.contains(scope) || ledger.isMarked(scope)) {
                markers.put(ConsentLedger.markerKey(scope), expiry);
            }
        });
        return new ConsentRows(tools, markers);
    }

    private static Date expiry(String scope, ConsentLedger ledger) {
        return ledger.approval(scope).map(ScopeApproval::getExpiresAt).orElseThrow();
    }

    static String row(RequestedTool each, String scope) {
        return ConsentLedger.rowKey(each.server().clientId(), scope, each.tool().key());
    }

    /** A tool whose age AM does not know counts as new. */
    private static boolean isNoYounger(McpTool tool, Instant approvedAt) {
        return tool.createdAt() != null && !tool.createdAt().isAfter(approvedAt);
    }
}
