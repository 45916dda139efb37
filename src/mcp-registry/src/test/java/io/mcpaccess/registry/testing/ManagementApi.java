package io.mcpaccess.registry.testing;

import io.gravitee.am.identityprovider.api.DefaultUser;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** Serves an engine's resource at AM's path, by Jersey without a socket, to a caller who has logged in as admin. */
public final class ManagementApi {

    private static final URI BASE = URI.create("http://management/");
    private static final String ENGINES =
            "management/organizations/o/environments/e/domains/%s/authorization-engines/engine-1/settings/";

    private final ApplicationHandler jersey;

    /**
     * Serves a resource.
     *
     * @param settings the resource below {@code settings}
     */
    public ManagementApi(Object settings) {
        ResourceConfig config = new ResourceConfig().property(ServerProperties.WADL_FEATURE_DISABLE, true);
        config.registerInstances(new Locator(settings));
        jersey = new ApplicationHandler(config);
    }

    /**
     * An answer.
     *
     * @param statusCode the HTTP status
     * @param body the body; may be empty
     * @param headers the headers by lower-case name
     */
    public record Answer(int statusCode, String body, Map<String, String> headers) {}

    /**
     * Calls the engine's resource.
     *
     * @param method the HTTP method
     * @param domain the domain of the path
     * @param path the path below {@code settings/}
     * @param body the body, or null
     * @return the answer
     */
    public Answer call(String method, String domain, String path, String body) {
        return call(method, domain, path, body, null);
    }

    /**
     * Calls the engine's resource and says which form of answer is wanted.
     *
     * @param method the HTTP method
     * @param domain the domain of the path
     * @param path the path below {@code settings/}
     * @param body the body, or null
     * @param accept the Accept header, or null
     * @return the answer
     */
    public Answer call(String method, String domain, String path, String body, String accept) {
        return call(method, domain, path, body, accept, null);
    }

    /**
     * Calls the engine's resource as a browser of some language.
     *
     * @param method the HTTP method
     * @param domain the domain of the path
     * @param path the path below {@code settings/}
     * @param body the body, or null
     * @param accept the Accept header, or null
     * @param language the Accept-Language header, or null
     * @return the answer
     */
    public Answer call(String method, String domain, String path, String body, String accept, String language) {
        ContainerRequest request = new ContainerRequest(
                BASE,
                BASE.resolve(ENGINES.formatted(domain) + path),
                method,
                new Admin(),
                new MapPropertiesDelegate(),
                jersey.getConfiguration());
        if (accept != null) {
            request.header("Accept", accept);
        }
        if (language != null) {
            request.header("Accept-Language", language);
        }
        if (body != null) {
            boolean isForm = accept != null && accept.startsWith("text/html");
            request.header("Content-Type", isForm ? "application/x-www-form-urlencoded" : "application/json");
            request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            ContainerResponse response = jersey.apply(request, written).get(20, TimeUnit.SECONDS);
            return new Answer(response.getStatus(), written.toString(StandardCharsets.UTF_8), headers(response));
        } catch (Exception e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private static Map<String, String> headers(ContainerResponse response) {
        Map<String, String> headers = new HashMap<>();
        response.getStringHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    /** AM's way to the resource. */
    @Path("/management/organizations/{organizationId}/environments/{environmentId}/domains/{domain}"
            + "/authorization-engines/{engineId}")
    public static final class Locator {

        private final Object resource;

        Locator(Object resource) {
            this.resource = resource;
        }

        /**
         * The sub-resource locator.
         *
         * @return the engine's resource
         */
        @Path("settings")
        public Object settings() {
            return resource;
        }
    }

    /** Spring Security's token as far as a plugin sees it. */
    public static final class Token implements Principal {

        @Override
        public String getName() {
            return "admin";
        }

        /**
         * The user inside.
         *
         * @return AM's user
         */
        public Object getPrincipal() {
            DefaultUser user = new DefaultUser("admin");
            user.setId("admin-id");
            return user;
        }
    }

    /** Known on the request's thread alone, as in AM, where the principal is bound to it. */
    private static final class Admin implements SecurityContext {

        private final Thread requestThread = Thread.currentThread();

        @Override
        public Principal getUserPrincipal() {
            if (Thread.currentThread() != requestThread) {
                throw new IllegalStateException("Not inside a request scope");
            }
            return new Token();
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public String getAuthenticationScheme() {
            return "BEARER";
        }
    }
}
