package io.mcpaccess.sandbox.am;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.am.repository.oauth2.api.AccessTokenRepository;
import io.gravitee.am.repository.oauth2.model.AccessToken;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.TokenRow;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.Date;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** AM's repositories over the shared tables. Reading only: plugins write through AM's services, as they must on AM. */
public final class TableRepositories {
    private TableRepositories() {}

    private static <T> Maybe<T> maybe(java.util.function.Supplier<Optional<T>> found) {
        return Maybe.defer(() -> found.get().map(Maybe::just).orElseGet(Maybe::empty));
    }

    private static <T> Single<T> readOnly() {
        return Single.error(new UnsupportedOperationException(
                "The sandbox's repositories are read only: write through AM's services, which tell the gateways"));
    }

    /** AM's ProtectedResourceRepository. */
    public static final class ProtectedResources implements ProtectedResourceRepository {
        private final Rows<ProtectedResourceRow> rows;
        private final boolean listsForgetTools;

        /**
         * Makes the repository.
         *
         * @param tables the shared tables
         * @param listsForgetTools true for the behaviour of JDBC, whose lists have no features
         */
        public ProtectedResources(Tables tables, boolean listsForgetTools) {
            this.rows = tables.protectedResources();
            this.listsForgetTools = listsForgetTools;
        }

        @Override
        public Maybe<ProtectedResource> findById(String id) {
            return maybe(() -> rows.find(id).map(AmModels::protectedResource));
        }

        @Override
        public Maybe<ProtectedResource> findByDomainAndId(String domain, String id) {
            return one(row -> row.domain().equals(domain) && row.id().equals(id));
        }

        @Override
        public Maybe<ProtectedResource> findByDomainAndClient(String domain, String clientId) {
            return one(row -> row.domain().equals(domain) && row.clientId().equals(clientId));
        }

        @Override
        public Flowable<ProtectedResource> findAll() {
            return list(row -> true);
        }

        @Override
        public Flowable<ProtectedResource> findByDomain(String domain) {
            return list(row -> row.domain().equals(domain));
        }

        @Override
        public Single<ProtectedResource> create(ProtectedResource item) {
            return readOnly();
        }

        @Override
        public Single<ProtectedResource> update(ProtectedResource item) {
            return readOnly();
        }

        @Override
        public Completable delete(String id) {
            return TableRepositories.<String>readOnly().ignoreElement();
        }

        private Maybe<ProtectedResource> one(Predicate<ProtectedResourceRow> condition) {
            return maybe(() -> rows.where(condition).findFirst().map(AmModels::protectedResource));
        }

        private Flowable<ProtectedResource> list(Predicate<ProtectedResourceRow> condition) {
            return Flowable.defer(() -> {
                Stream<ProtectedResourceRow> found = rows.where(condition);
                return Flowable.fromStream(
                        listsForgetTools
                                ? found.map(AmModels::protectedResourceWithoutFeatures)
                                : found.map(AmModels::protectedResource));
            });
        }
    }

    /** AM's AuthorizationEngineRepository. */
    public static final class AuthorizationEngines implements AuthorizationEngineRepository {
        private final Rows<EngineRow> rows;

        /**
         * Makes the repository.
         *
         * @param tables the shared tables
         */
        public AuthorizationEngines(Tables tables) {
            this.rows = tables.engines();
        }

        @Override
        public Maybe<AuthorizationEngine> findById(String id) {
            return maybe(() -> rows.find(id).map(AmModels::engine));
        }

        @Override
        public Flowable<AuthorizationEngine> findAll() {
            return Flowable.defer(
                    () -> Flowable.fromStream(rows.where(row -> true).map(AmModels::engine)));
        }

        @Override
        public Flowable<AuthorizationEngine> findByDomain(String domain) {
            return Flowable.defer(() -> Flowable.fromStream(
                    rows.where(row -> row.domain().equals(domain)).map(AmModels::engine)));
        }

        @Override
        public Maybe<AuthorizationEngine> findByDomainAndId(String domain, String id) {
            return maybe(() ->
                    rows.find(id).filter(row -> row.domain().equals(domain)).map(AmModels::engine));
        }

        @Override
        public Maybe<AuthorizationEngine> findByDomainAndType(String domain, String type) {
            return maybe(() -> rows.where(
                            row -> row.domain().equals(domain) && row.type().equals(type))
                    .findFirst()
                    .map(AmModels::engine));
        }

        @Override
        public Single<AuthorizationEngine> create(AuthorizationEngine item) {
            return readOnly();
        }

        @Override
        public Single<AuthorizationEngine> update(AuthorizationEngine item) {
            return readOnly();
        }

        @Override
        public Completable delete(String id) {
            return TableRepositories.<String>readOnly().ignoreElement();
        }
    }

    /** AM's AccessTokenRepository, which knows the client of a token by its jti. */
    public static final class AccessTokens implements AccessTokenRepository {
        private final Rows<TokenRow> rows;

        /**
         * Makes the repository.
         *
         * @param tables the shared tables
         */
        public AccessTokens(Tables tables) {
            this.rows = tables.accessTokens();
        }

        @Override
        public Maybe<AccessToken> findByToken(String jti) {
            return maybe(() -> rows.find(jti).map(AccessTokens::accessToken));
        }

        private static AccessToken accessToken(TokenRow row) {
            AccessToken token = new AccessToken();
            token.setId(row.jti());
            token.setToken(row.jti());
            token.setClient(row.client());
            token.setSubject(row.user());
            token.setCreatedAt(new Date(row.createdAt()));
            token.setExpireAt(new Date(row.expiresAt()));
            return token;
        }
    }
}
