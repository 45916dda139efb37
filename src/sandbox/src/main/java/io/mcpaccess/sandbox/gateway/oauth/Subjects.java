package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.model.User;
import io.gravitee.am.model.UserId;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.UserRow;
import io.reactivex.rxjava3.core.Maybe;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * AM's SubjectManager of version 2 domains: {@code gis} is {@code source:externalId}, {@code sub} is a UUID made of it that says nothing
 * about the user.
 */
public final class Subjects implements SubjectManager {
    private static final String SEPARATOR = ":";

    private final String domain;
    private final Tables tables;

    /**
     * Makes the manager of a domain.
     *
     * @param domain the domain's identifier
     * @param tables the shared tables
     */
    public Subjects(String domain, Tables tables) {
        this.domain = domain;
        this.tables = tables;
    }

    @Override
    public String generateInternalSubFrom(UserId user) {
        return user.source() + SEPARATOR + user.externalId();
    }

    @Override
    public String generateSubFrom(UserId user) {
        return UUID.nameUUIDFromBytes(generateInternalSubFrom(user).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public String extractUserId(String gis) {
        return gis.substring(gis.indexOf(SEPARATOR) + 1);
    }

    @Override
    public String extractSourceId(String gis) {
        return gis.substring(0, gis.indexOf(SEPARATOR));
    }

    @Override
    public Maybe<User> findUserBySub(JWT token) {
        return Maybe.defer(() -> find(token.getInternalSub())
                .map(AmModels::user)
                .map(Maybe::just)
                .orElseGet(Maybe::empty));
    }

    @Override
    public Maybe<UserId> findUserIdBySub(JWT token) {
        return findUserBySub(token).map(User::getFullId);
    }

    /** The user of an internal subject, empty for a client's token. */
    Optional<UserRow> find(String gis) {
        if (gis == null || !gis.contains(SEPARATOR)) {
            return Optional.empty();
        }
        return tables.users()
                .where(user -> user.domain().equals(domain)
                        && user.source().equals(extractSourceId(gis))
                        && user.externalId().equals(extractUserId(gis)))
                .findFirst();
    }
}
