package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.UserId;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * What a user approved for an application, scope by scope. An application's automatic approvals are patterns ({@code true} for all) and
 * leave no rows, as in AM.
 */
final class Approvals {
    private final SecurityDomain domain;
    private final ScopeApprovalRepository repository;

    Approvals(SecurityDomain domain, ScopeApprovalRepository repository) {
        this.domain = domain;
        this.repository = repository;
    }

    /** The scopes that the user has yet to be asked about. The store is in memory, so this does not block. */
    Set<String> missing(UserId user, ApplicationRow application, Set<String> scopes) {
        Set<String> approved = repository
                .findByDomainAndUserAndClient(domain.id(), user, application.clientId())
                .filter(approval -> approval.getStatus() == ApprovalStatus.APPROVED)
                .map(ScopeApproval::getScope)
                .collect(Collectors.toSet())
                .blockingGet();
        Set<String> missing = new LinkedHashSet<>(scopes);
        missing.removeAll(approved);
        missing.removeIf(scope -> isAutomatic(application, scope));
        return missing;
    }

    /** Remembers a decision about scopes, a denial too. */
    void save(String transaction, UserId user, ApplicationRow application, Set<String> scopes, boolean approved) {
        for (String scope : scopes) {
            ScopeApproval approval = new ScopeApproval(
                    transaction,
                    user,
                    application.clientId(),
                    domain.id(),
                    scope,
                    approved ? ApprovalStatus.APPROVED : ApprovalStatus.DENIED);
            approval.setExpiresAt(new Date(domain.clock().millis() + 1000 * lifetime(scope)));
            repository.upsert(approval).blockingGet();
        }
    }

    private long lifetime(String key) {
        return domain.tables()
                .scopes()
                .where(scope ->
                        scope.domain().equals(domain.id()) && scope.key().equals(key))
                .map(ScopeRow::expiresIn)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .map(Integer::longValue)
                .orElse(domain.lifetimes().approval());
    }

    private static boolean isAutomatic(ApplicationRow application, String scope) {
        return application.autoApproveScopes().stream().anyMatch(pattern -> {
            try {
                return "true".equals(pattern) || Pattern.matches(pattern, scope);
            } catch (PatternSyntaxException e) {
                return pattern.equals(scope);
            }
        });
    }
}
