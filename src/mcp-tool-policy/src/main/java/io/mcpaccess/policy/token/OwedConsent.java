package io.mcpaccess.policy.token;

import io.mcpaccess.policy.am.DomainServers;
import io.mcpaccess.policy.am.DoubtException;
import io.mcpaccess.policy.am.RequestedTools;
import io.mcpaccess.policy.am.StepRun;
import io.mcpaccess.policy.am.StepTime;
import io.mcpaccess.policy.consent.AutoApproval;
import io.mcpaccess.policy.consent.ConsentStore;
import io.mcpaccess.policy.consent.Reconsent;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Which of the requested scopes have gained a tool that the user has not approved. They are left out in every mode. */
final class OwedConsent {

    private final StepRun run;
    private final StepTime time;

    /**
     * A run.
     *
     * @param run the request
     * @param time what the step has left
     */
    OwedConsent(StepRun run, StepTime time) {
        this.run = run;
        this.time = time;
    }

    /**
     * Finds the scopes, and withdraws their approval, so that AM asks the user the next time.
     *
     * @param party who the token is made for
     * @param requested the tools behind the requested scopes
     * @param servers the domain's MCP servers
     * @return the scopes to leave out; a failure knows them where they were found out before it
     */
    Single<Set<String>> of(TokenParty party, RequestedTools requested, DomainServers servers) {
        if (!run.settings().reconsent()
                || party.user() == null
                || requested.tools().isEmpty()) {
            return Single.just(Set.of());
        }
        return switch (run.grantType()) {
            case APPROVED_ON_A_PAGE -> sinceTheApproval(party, requested, servers);
            case TOKEN_EXCHANGE -> Single.fromCallable(() -> sinceTheSubjectToken(requested));
            // Without a page that the user could have answered there is nothing to approve.
            case CLIENT_CREDENTIALS, OTHER -> Single.just(Set.of());
        };
    }

    private Single<Set<String>> sinceTheApproval(TokenParty party, RequestedTools requested, DomainServers servers) {
        ConsentStore store = ConsentStore.of(run);
        return store.read().timeout(time.leftNanos(), TimeUnit.NANOSECONDS).flatMap(ledger -> {
            Reconsent reconsent = Reconsent.of(requested, servers.tools(), ledger, AutoApproval.of(run)::covers);
            return store.adopt(reconsent.adopted(), time.left().dividedBy(2))
                    .andThen(Completable.defer(() ->
                            store.withdraw(reconsent.stale(), ledger).timeout(time.leftNanos(), TimeUnit.NANOSECONDS)))
                    .toSingleDefault(reconsent.stale())
                    // What is owed is known, whether or not AM's approval could be taken back.
                    .onErrorResumeNext(
                            problem -> Single.error(DoubtException.of(problem).withStale(reconsent.stale())));
        });
    }

    /** An exchange makes a young token of an old one: no tool may slip in that the old one was too old for. */
    private Set<String> sinceTheSubjectToken(RequestedTools requested) {
        Instant issuedAt = SubjectToken.issuedAt(run.requests().parameter(run.request(), "subject_token"));
        Set<String> stale = new LinkedHashSet<>();
        requested.tools().stream()
                .filter(each -> each.tool().isYoungerThan(issuedAt))
                .forEach(each -> stale.addAll(each.tool().scopes()));
        stale.retainAll(requested.scopes());
        return stale;
    }
}
