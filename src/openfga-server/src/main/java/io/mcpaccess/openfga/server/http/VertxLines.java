package io.mcpaccess.openfga.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * The methods of Vert.x that have other return types in 4.5 and in 5, which a compiled call names. All else that this package calls is
 * the same in both.
 */
final class VertxLines {

    private static final MethodHandle CREATE = handle(
            method(Vertx.class, "createHttpClient", HttpClientOptions.class, PoolOptions.class),
            MethodType.methodType(HttpClient.class, Vertx.class, HttpClientOptions.class, PoolOptions.class));

    /** Gives a flag in 4.5 and a future in 5; neither is asked for. */
    private static final MethodHandle RESET = handle(
            method(HttpClientRequest.class, "reset"), MethodType.methodType(void.class, HttpClientRequest.class));

    private VertxLines() {}

    /** Makes a client, whose type is {@code HttpClientAgent} in 5. */
    static HttpClient client(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
        try {
            return (HttpClient) CREATE.invokeExact(vertx, options, pool);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Vert.x made no HTTP client", e);
        }
    }

    /** Gives an exchange up: closes an HTTP/1.1 connection that is in use, resets a stream of HTTP/2. */
    static void reset(HttpClientRequest request) {
        try {
            RESET.invokeExact(request);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("An HTTP request was not reset", e);
        }
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("This Vert.x has no " + type.getSimpleName() + "." + name, e);
        }
    }

    private static MethodHandle handle(Method method, MethodType asCalled) {
        try {
            return MethodHandles.publicLookup().unreflect(method).asType(asCalled);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Vert.x's " + method.getName() + " cannot be called", e);
        }
    }
}
