package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.service.impl.SecretService;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.mcpaccess.sandbox.gateway.flow.Flows;
import io.mcpaccess.sandbox.gateway.page.Pages;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CSRFHandler;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.SessionStore;
import java.util.Set;
import java.util.UUID;

/** Puts AM's OAuth endpoints on a domain's router. */
public final class OAuthRoutes {
    private final SecurityDomain domain;
    private final Vertx vertx;
    private final Router router;

    /**
     * Makes the routes of a domain.
     *
     * @param domain the domain
     * @param vertx the gateway's Vert.x
     * @param router the domain's router
     */
    public OAuthRoutes(SecurityDomain domain, Vertx vertx, Router router) {
        this.domain = domain;
        this.vertx = vertx;
        this.router = router;
    }

    /**
     * Adds the routes.
     *
     * @param beans what the endpoints need of the domain's context
     * @param flows the domain's flows
     * @param pages the domain's pages
     * @return the store of browser sessions, to be closed with the domain
     */
    public AutoCloseable mount(Beans beans, Flows flows, Pages pages) {
        ScopeRules scopes = new ScopeRules(beans.resources());
        Subjects subjects = new Subjects(domain.id(), domain.tables());
        discovery();
        machine(beans, scopes, subjects, flows);
        return browser(beans, scopes, flows, pages);
    }

    /**
     * The domain's beans that endpoints use, as plugins may too.
     *
     * @param applications AM's applications
     * @param servers MCP servers as clients
     * @param resources MCP servers as resources
     * @param secrets compares secrets
     * @param approvals what users approved
     * @param accessTokens verifies access tokens
     * @param refreshTokens verifies refresh tokens
     * @param documents clients that are known by their metadata document
     */
    public record Beans(
            ClientSyncService applications,
            ProtectedResourceSyncService servers,
            ProtectedResourceManager resources,
            SecretService secrets,
            ScopeApprovalRepository approvals,
            TokenVerifier accessTokens,
            TokenVerifier refreshTokens,
            ClientDocuments documents) {}

    /**
     * AM's CORS settings at their default: any origin, no credentials.
     *
     * @return a new handler
     */
    public static CorsHandler cors() {
        return CorsHandler.create()
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS))
                .allowedHeaders(Set.of("Authorization", "Content-Type", "Accept", "MCP-Protocol-Version"));
    }

    private void discovery() {
        DiscoveryEndpoints endpoints = new DiscoveryEndpoints(domain);
        router.route("/.well-known/*").handler(cors());
        router.get("/.well-known/*").handler(endpoints::index);
        router.route("/oidc/*").handler(cors());
        router.get("/oidc/.well-known/openid-configuration").handler(endpoints::metadata);
        router.get("/oidc/.well-known/jwks.json").handler(endpoints::keys);
    }

    private void machine(Beans beans, ScopeRules scopes, Subjects subjects, Flows flows) {
        ClientAuthentication clients = new ClientAuthentication(
                vertx, beans.applications(), beans.servers(), beans.secrets(), beans.documents());
        TokenVerifier access = beans.accessTokens();
        TokenVerifier refresh = beans.refreshTokens();
        TokenFactory tokens = new TokenFactory(domain, subjects);
        Grants grants = new Grants(domain, scopes, refresh, new TokenExchange(domain, scopes, access));
        post("/oauth/token", new TokenEndpoint(domain, clients, grants, tokens, flows));
        post("/oauth/introspect", new IntrospectionEndpoint(clients, access, refresh, subjects));
        post("/oauth/revoke", new RevocationEndpoint(clients, access, domain.tables()));
        router.post("/oidc/register")
                .consumes("application/json")
                .handler(new RegistrationEndpoint(domain, vertx, access));
        router.get("/oidc/userinfo").handler(new UserInfoEndpoint(access, subjects));
    }

    /** A form endpoint; AM has no route for another content type. */
    private void post(String path, Handler<RoutingContext> endpoint) {
        router.route(path).handler(cors());
        router.post(path).consumes("application/x-www-form-urlencoded").handler(endpoint);
    }

    private AutoCloseable browser(Beans beans, ScopeRules scopes, Flows flows, Pages pages) {
        SessionStore store = LocalSessionStore.create(vertx, "sessions-" + UUID.randomUUID());
        SessionHandler sessions = SessionHandler.create(store)
                .setSessionCookieName("GRAVITEE_IO_AM_SESSION")
                .setSessionCookiePath(domain.row().path())
                .setCookieHttpOnlyFlag(true)
                .setCookieSameSite(CookieSameSite.LAX)
                .setNagHttps(false);
        CSRFHandler csrf = CSRFHandler.create(vertx, UUID.randomUUID().toString())
                .setCookieName("XSRF-TOKEN")
                .setCookiePath(domain.row().path())
                .setCookieHttpOnly(true)
                .setHeaderName(Pages.CSRF_FIELD)
                .setNagHttps(false);
        AuthorizationRequests requests = new AuthorizationRequests(domain, scopes, beans.documents());
        Approvals approvals = new Approvals(domain, beans.approvals());
        LoginEndpoint login = new LoginEndpoint(domain, requests, pages, vertx);
        ConsentEndpoint consent = new ConsentEndpoint(domain, requests, approvals, flows, pages);

        router.route("/oauth/authorize").handler(requests::prepare);
        router.route("/login").handler(requests::prepare);
        router.route("/oauth/consent").handler(requests::prepare);
        router.get("/oauth/authorize").handler(sessions).handler(new AuthorizeEndpoint(domain, requests, approvals));
        router.route("/login").handler(sessions).handler(csrf);
        router.get("/login").handler(login::page);
        router.post("/login").handler(login::submit);
        router.route("/login").failureHandler(context -> onRefusal(context, login::expired));
        router.route("/oauth/consent").handler(sessions).handler(csrf);
        router.get("/oauth/consent").handler(consent::page);
        router.post("/oauth/consent").handler(consent::submit);
        router.route("/oauth/consent").failureHandler(context -> onRefusal(context, consent::expired));
        router.get("/oauth/error").handler(context -> pages.show(context, Pages.ERROR, null));
        return store::close;
    }

    /** A form whose CSRF token is missing or old goes back to its page; anything else is not the user's fault. */
    private static void onRefusal(RoutingContext context, Handler<RoutingContext> expired) {
        if (context.statusCode() == 403 || context.statusCode() == 400) {
            expired.handle(context);
        } else {
            context.next();
        }
    }
}
