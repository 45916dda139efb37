package io.gravitee.am.gateway.handler.common.user;

import io.gravitee.am.model.User;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;

/**
 * The users of a domain on the gateway, bean userService. Call it only; AM's interface has more members.
 */
public interface UserGatewayService {
    Maybe<User> findById(String id);

    Maybe<User> findByUsernameAndSource(String username, String source);

    Single<User> enhance(User user);
}
