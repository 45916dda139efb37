package io.mcpaccess.sandbox.am;

import io.gravitee.am.model.IdentityProvider;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.repository.management.api.IdentityProviderRepository;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.ProviderRow;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.stream.Stream;

/** AM's IdentityProviderRepository: the identity providers that the configuration file declares. */
public final class IdentityProviders implements IdentityProviderRepository {
    private final Rows<DomainRow> domains;

    /**
     * Makes the repository.
     *
     * @param tables the shared tables
     */
    public IdentityProviders(Tables tables) {
        this.domains = tables.domains();
    }

    @Override
    public Flowable<IdentityProvider> findAll(ReferenceType referenceType, String referenceId) {
        return Flowable.defer(() -> Flowable.fromStream(
                referenceType == ReferenceType.DOMAIN
                        ? domains.find(referenceId).stream()
                                .flatMap(row -> row.identityProviders().stream())
                                .map(IdentityProviders::provider)
                        : Stream.<IdentityProvider>empty()));
    }

    @Override
    public Maybe<IdentityProvider> findById(String id) {
        return Maybe.defer(() -> domains.where(row -> true)
                .flatMap(row -> row.identityProviders().stream())
                .filter(row -> row.id().equals(id))
                .findFirst()
                .map(IdentityProviders::provider)
                .map(Maybe::just)
                .orElseGet(Maybe::empty));
    }

    @Override
    public Single<IdentityProvider> create(IdentityProvider item) {
        return Single.error(new UnsupportedOperationException("Identity providers come from the configuration file"));
    }

    @Override
    public Single<IdentityProvider> update(IdentityProvider item) {
        return create(item);
    }

    @Override
    public Completable delete(String id) {
        return Completable.error(
                new UnsupportedOperationException("Identity providers come from the configuration file"));
    }

    private static IdentityProvider provider(ProviderRow row) {
        IdentityProvider provider = new IdentityProvider();
        provider.setId(row.id());
        provider.setName(row.name());
        provider.setType("sandbox");
        return provider;
    }
}
