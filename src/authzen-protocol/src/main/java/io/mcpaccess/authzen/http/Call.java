package io.mcpaccess.authzen.http;

import io.vertx.rxjava3.ext.web.RoutingContext;

/**
 * A request, read.
 *
 * @param authorization the Authorization header, or {@code null}
 * @param contentType the Content-Type header, or {@code null}
 * @param body the bytes as they came: a string already decoded hides bad UTF-8
 * @param routing Vert.x's context, which AM's audit builders ask for the caller's address
 */
public record Call(String authorization, String contentType, byte[] body, RoutingContext routing) {

    /**
     * Reads a request whose body AM's body handler has collected.
     *
     * @param routing Vert.x's context
     * @return the request
     */
    public static Call of(RoutingContext routing) {
        var core = routing.getDelegate();
        var buffer = core.body() == null ? null : core.body().buffer();
        return new Call(
                core.request().getHeader("Authorization"),
                core.request().getHeader("Content-Type"),
                buffer == null ? new byte[0] : buffer.getBytes(),
                routing);
    }

    /**
     * Where the request came from: the caller, or the last proxy before the gateway.
     *
     * @return the address, empty where the connection is gone
     */
    public String address() {
        var remote = routing.getDelegate().request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
    }

    /**
     * Whether the body claims to be JSON: {@code application/json} with any parameters (AuthZEN 1.0, section 10.1).
     *
     * @return whether it does
     */
    public boolean isJson() {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.trim().equalsIgnoreCase("application/json");
    }

    /** Shows neither credentials nor body. */
    @Override
    public String toString() {
        return "Call[" + body.length + " bytes, " + contentType + "]";
    }
}
