package io.gravitee.am.authorizationengine.api;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.common.plugin.AmPluginProvider;
import io.gravitee.common.service.Service;
import io.reactivex.rxjava3.core.Single;
import java.util.Optional;

/**
 * An engine's instance: created on the gateway and on the management API, with the node's root beans only.
 */
public interface AuthorizationEngineProvider extends Service<AuthorizationEngineProvider>, AmPluginProvider {
    Single<AuthorizationEngineResponse> check(AuthorizationEngineRequest request);

    /** A jakarta.ws.rs resource for the console's pages; asked for on the management API only. */
    default Optional<Object> getManagementResource() {
        return Optional.empty();
    }
}
