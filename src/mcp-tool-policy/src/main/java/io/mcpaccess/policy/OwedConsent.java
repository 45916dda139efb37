package io.mcpaccess.policy;

import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Which of the requested scopes have gained a tool that the user has not approved. They are left out in every mode. */
final class OwedConsent {

    private final AmRequests requests;
    private final PolicySettings settings;
    private final Request request;
    private final ExecutionContext context;
    private final StepTime time;
    private final Clock clock;

    /**
     * A run.
     *
     * @param requests reads AM's request
     * @param settings the step's settings
     * @param request AM's {@code OAuth2Request}
     * @param context the flow's context
     * @param time what the step has left
     * @param clock gives the times of rows
     */
    OwedConsent(
            AmRequests requests,
            PolicySettings settings,
            Request request,
            ExecutionContext context,
            StepTime time,
            Clock clock) {
        this.clock = clock;
        this.requests = requests;
        this.settings = settings;
        this.request = request;
        this.context = context;
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
        if (!settings.reconsent() || party.user() == null || requested.tools().isEmpty()) {
            return Single.just(Set.of());
        }
        return switch (GrantType.of(requests.text(request, "getGrantType"))) {
            case APPROVED_ON_A_PAGE -> sinceTheApproval(party, requested, servers);
            case TOKEN_EXCHANGE -> Single.fromCallable(() -> sinceTheSubjectToken(requested));
            // Without a page that the user could have answered there is nothing to approve.
            case CLIENT_CREDENTIALS, OTHER -> Single.just(Set.of());
        };
    }

    private Single<Set<String>> sinceTheApproval(TokenParty party, RequestedTools requested, DomainServers servers) {
        ConsentStore store =
                new ConsentStore(context, party.user(), party.client().getClientId(), clock);
        return store.read().timeout(time.leftNanos(), TimeUnit.NANOSECONDS).flatMap(ledger -> {
            Reconsent reconsent =
                    Reconsent.of(requested, servers.tools(), ledger, new AutoApproval(party.client())::covers);
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
        Instant issuedAt = SubjectToken.issuedAt(requests.parameter(request, "subject_token"));
        Set<String> stale = new LinkedHashSet<>();
        requested.tools().stream()
                .filter(each -> each.tool().isYoungerThan(issuedAt))
                .forEach(each -> stale.addAll(each.tool().scopes()));
        stale.retainAll(requested.scopes());
        return stale;
    }
}
