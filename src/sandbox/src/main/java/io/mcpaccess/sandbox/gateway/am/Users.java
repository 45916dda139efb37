package io.mcpaccess.sandbox.gateway.am;

import io.gravitee.am.gateway.handler.common.user.UserGatewayService;
import io.gravitee.am.model.User;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.UserRow;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.function.Predicate;

/** AM's UserGatewayService of one domain. */
public final class Users implements UserGatewayService {
    private final String domain;
    private final Tables tables;

    /**
     * Makes the service.
     *
     * @param domain the domain's identifier
     * @param tables the shared tables
     */
    public Users(String domain, Tables tables) {
        this.domain = domain;
        this.tables = tables;
    }

    @Override
    public Maybe<User> findById(String id) {
        return find(row -> row.id().equals(id));
    }

    @Override
    public Maybe<User> findByUsernameAndSource(String username, String source) {
        return find(row -> row.username().equals(username) && row.source().equals(source));
    }

    @Override
    public Single<User> enhance(User user) {
        return Single.just(user);
    }

    private Maybe<User> find(Predicate<UserRow> condition) {
        return Maybe.defer(() -> tables.users()
                .where(row -> row.domain().equals(domain))
                .filter(condition)
                .findFirst()
                .map(AmModels::user)
                .map(Maybe::just)
                .orElseGet(Maybe::empty));
    }
}
