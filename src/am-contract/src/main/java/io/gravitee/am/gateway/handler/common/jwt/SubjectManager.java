package io.gravitee.am.gateway.handler.common.jwt;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.User;
import io.gravitee.am.model.UserId;
import io.reactivex.rxjava3.core.Maybe;

/**
 * From a token's subject to AM's user. Call it only; later lines add members.
 */
public interface SubjectManager {
    String generateSubFrom(UserId userId);

    String generateInternalSubFrom(UserId userId);

    Maybe<User> findUserBySub(JWT token);

    Maybe<UserId> findUserIdBySub(JWT token);

    String extractUserId(String gis);

    String extractSourceId(String gis);
}
