package io.gravitee.am.gateway.handler.common.authorizationengine;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.common.service.Service;
import io.reactivex.rxjava3.core.Maybe;

/**
 * The engines of one domain on the gateway; gives the raw provider.
 */
@SuppressWarnings("rawtypes")
public interface AuthorizationEngineManager extends Service {
    Maybe<AuthorizationEngineProvider> get(String id);

    /** Empty without an engine, IllegalStateException with more than one. */
    Maybe<AuthorizationEngineProvider> getDefault();
}
