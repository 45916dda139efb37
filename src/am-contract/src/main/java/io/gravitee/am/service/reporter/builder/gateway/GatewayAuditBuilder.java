package io.gravitee.am.service.reporter.builder.gateway;

import io.gravitee.am.service.reporter.builder.AuditBuilder;
import io.vertx.core.net.SocketAddress;
import io.vertx.rxjava3.ext.web.RoutingContext;

/**
 * An audit entry about a request at the gateway. AM also asks whether the end user consented to having these stored.
 */
public abstract class GatewayAuditBuilder<T extends GatewayAuditBuilder<T>> extends AuditBuilder<T> {
    public T ipAddress(RoutingContext context) {
        SocketAddress remote = context.getDelegate().request().remoteAddress();
        return ipAddress(remote == null ? null : remote.hostAddress());
    }

    public T userAgent(RoutingContext context) {
        return userAgent(context.request().getHeader("User-Agent"));
    }
}
