package io.mcpaccess.sandbox.am;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.service.ScopeService;
import io.gravitee.am.service.model.NewScope;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** AM's ScopeService over the shared tables. */
public final class TableScopeService implements ScopeService {
    private final Rows<ScopeRow> rows;
    private final Clock clock;

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     * @param clock stamps new scopes
     */
    public TableScopeService(Tables tables, Clock clock) {
        this.rows = tables.scopes();
        this.clock = clock;
    }

    @Override
    public Single<Scope> create(Domain domain, NewScope scope, User principal) {
        return Single.fromCallable(() -> {
            String key = scope.getKey().trim();
            if (find(domain.getId(), key).isPresent()) {
                throw new ManagementFailure(400, "A scope [" + key + "] already exists for domain " + domain.getId());
            }
            long now = clock.millis();
            return AmModels.scope(rows.save(new ScopeRow(
                    UUID.randomUUID().toString(),
                    domain.getId(),
                    key,
                    scope.getName(),
                    scope.getDescription(),
                    scope.getIconUri(),
                    scope.getExpiresIn(),
                    scope.isDiscovery(),
                    scope.isParameterized(),
                    false,
                    now,
                    now)));
        });
    }

    @Override
    public Maybe<Scope> findByDomainAndKey(String domain, String key) {
        return Maybe.defer(
                () -> find(domain, key).map(AmModels::scope).map(Maybe::just).orElseGet(Maybe::empty));
    }

    @Override
    public Single<List<Scope>> findByDomainAndKeys(String domain, List<String> keys) {
        return Single.fromCallable(() -> rows.where(row -> row.domain().equals(domain) && keys.contains(row.key()))
                .map(AmModels::scope)
                .toList());
    }

    private Optional<ScopeRow> find(String domain, String key) {
        return rows.where(row -> row.domain().equals(domain) && row.key().equals(key))
                .findFirst();
    }
}
