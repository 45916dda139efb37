package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.UserId;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** The scopes that the user has approved. The store is in memory, so this does not block. */
    Set<String> approved(UserId user, ApplicationRow application) {
        return repository
                .findByDomainAndUserAndClient(domain.id(), user, application.clientId())
                .filter(approval -> approval.getStatus() == ApprovalStatus.APPROVED)
                .map(ScopeApproval::getScope)
                .collect(Collectors.toSet())
                .blockingGet();
    }

    /** Whether the application needs to ask for none of the scopes; one that it must ask for makes AM show them all. */
    static boolean areAutomatic(ApplicationRow application, Set<String> scopes) {
        return scopes.stream().allMatch(scope -> isAutomatic(application, scope));
    }

    /** The scopes that a page shows (UserConsentEndpoint): those without an approval, all where the client wants to be asked. */
    Set<String> presented(UserId user, AuthorizationRequest request) {
        Set<String> presented = new LinkedHashSet<>(request.getScopes());
        if (!request.prompts("consent")) {
            presented.removeAll(approved(user, request.application()));
        }
        return presented;
    }

    /** Remembers an answer, what is denied too. */
    List<ScopeApproval> save(String transaction, UserId user, ApplicationRow application, ConsentAnswer answer) {
        List<ScopeApproval> saved = new ArrayList<>();
        saved.addAll(save(transaction, user, application, answer.approved(), ApprovalStatus.APPROVED));
        saved.addAll(save(transaction, user, application, answer.denied(), ApprovalStatus.DENIED));
        return saved;
    }

    private List<ScopeApproval> save(
            String transaction, UserId user, ApplicationRow application, Set<String> scopes, ApprovalStatus status) {
        List<ScopeApproval> saved = new ArrayList<>();
        for (String scope : scopes) {
            ScopeApproval approval =
                    new ScopeApproval(transaction, user, application.clientId(), domain.id(), scope, status);
            approval.setExpiresAt(new Date(domain.clock().millis() + 1000 * lifetime(scope)));
            saved.add(repository.upsert(approval).blockingGet());
        }
        return saved;
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
