package io.gravitee.am.gateway.reactor;

import io.gravitee.common.service.Service;
import io.vertx.rxjava3.ext.web.Router;

/**
 * The gateway's root router, under which the domains are mounted.
 */
@SuppressWarnings("rawtypes")
public interface Reactor extends Service {
    Router route();
}
