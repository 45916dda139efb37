package io.mcpaccess.authzen;

import io.gravitee.am.gateway.handler.api.ProtocolConfiguration;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceSyncService;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.gravitee.am.gateway.reactor.Reactor;
import io.gravitee.am.model.Domain;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.DomainReadService;
import io.gravitee.am.service.impl.SecretService;
import io.mcpaccess.authzen.AuthZenRoutes.Mount;
import io.mcpaccess.authzen.decision.AccessRequests;
import io.mcpaccess.authzen.decision.AmPermissionEngine;
import io.mcpaccess.authzen.endpoint.AuthenticatedEndpoint;
import io.mcpaccess.authzen.endpoint.EvaluationEndpoint;
import io.mcpaccess.authzen.endpoint.EvaluationsEndpoint;
import io.mcpaccess.authzen.endpoint.QuestionEndpoint;
import io.mcpaccess.authzen.endpoint.SearchEndpoint;
import io.mcpaccess.authzen.http.EndpointHandler;
import io.mcpaccess.authzen.limit.CallerLimit;
import io.mcpaccess.authzen.limit.RateLimitSettings;
import io.mcpaccess.authzen.metadata.MetadataEndpoint;
import io.mcpaccess.authzen.metadata.MetadataRoutes;
import io.mcpaccess.authzen.metadata.PdpIdentifier;
import io.mcpaccess.authzen.pep.Blocking;
import io.mcpaccess.authzen.pep.PepAuthenticator;
import io.mcpaccess.authzen.search.EngineSearches;
import io.mcpaccess.authzen.search.PagingKey;
import io.mcpaccess.authzen.search.SearchTime;
import io.mcpaccess.core.authzen.AuthZenReader;
import io.mcpaccess.core.spi.EngineOperations;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.ext.web.Router;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The plugin's own beans in one domain. AM makes a context of them below the domain's, whose beans are the parameters
 * here, and closes it when the provider stops.
 */
@Configuration(proxyBeanMethods = false)
@Import(DecisionConfiguration.class)
public class AuthZenConfiguration implements ProtocolConfiguration {

    /** The engine has 3 s for finding; what it finds is decided after that, within its deadline. */
    private static final SearchTime SEARCH_TIME =
            new SearchTime(Duration.ofSeconds(3), Duration.ofSeconds(5), AmPermissionEngine.LONGEST);
    /** For anything but the engine: longer than its parts may take one after the other, shorter than callers wait. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    /** The net below a decision, whose parts have shorter limits: an engine may be set to take ten seconds. */
    private static final Duration DECISION_LIMIT = ANSWER_LIMIT.plus(AmPermissionEngine.LONGEST);

    /**
     * Finds out who asks.
     *
     * @param domain the domain
     * @param applications its applications
     * @param mcpServers its MCP servers
     * @param secrets AM's comparison of secrets
     * @param tokens AM's verification of bearer tokens
     * @param vertx gives worker threads
     * @return the authentication
     */
    @Bean
    public PepAuthenticator pepAuthenticator(
            Domain domain,
            ClientSyncService applications,
            ProtectedResourceSyncService mcpServers,
            SecretService secrets,
            OAuth2AuthProvider tokens,
            Vertx vertx) {
        return new PepAuthenticator(
                domain.getId(), applications, mcpServers, secrets, tokens, workers(vertx), Clock.systemUTC());
    }

    /**
     * Searches.
     *
     * @param domain the domain
     * @param engines the domain's authorization engines
     * @param environment has the operator's settings
     * @return the searches, as far as the engine offers them
     */
    @Bean
    public EngineSearches engineSearches(Domain domain, AuthorizationEngineManager engines, Environment environment) {
        return new EngineSearches(
                domain.getId(),
                engines,
                PagingKey.tokens(environment.getProperty(PagingKey.SETTING), new SecureRandom(), Clock.systemUTC()),
                DecisionConfiguration.ENGINE_LIMIT,
                SEARCH_TIME);
    }

    /**
     * The endpoints.
     *
     * @param domain the domain
     * @param authenticator finds out who asks
     * @param requests makes the requests of callers that are known
     * @param searches searches
     * @param audit AM's audit
     * @param environment has the operator's settings
     * @param vertx writes answers on the request's own context
     * @return what the provider mounts
     */
    @Bean
    public AuthZenRoutes authZenRoutes(
            Domain domain,
            PepAuthenticator authenticator,
            AccessRequests requests,
            EngineSearches searches,
            AuditService audit,
            Environment environment,
            Vertx vertx) {
        AuthZenReader reader = new AuthZenReader();
        Blocking workers = workers(vertx);
        CallerLimit limit = RateLimitSettings.read(environment::getProperty)
                .map(settings -> CallerLimit.of(settings, System::nanoTime))
                .orElse(CallerLimit.NONE);
        Map<String, QuestionEndpoint> questions = Map.of(
                "/v1/evaluation", new EvaluationEndpoint(reader),
                "/v1/evaluations", new EvaluationsEndpoint(reader, limit),
                "/v1/search/subject",
                        new SearchEndpoint(EngineOperations.SEARCH_SUBJECT, reader::readSubjectSearch, searches, limit),
                "/v1/search/resource",
                        new SearchEndpoint(
                                EngineOperations.SEARCH_RESOURCE, reader::readResourceSearch, searches, limit),
                "/v1/search/action",
                        new SearchEndpoint(EngineOperations.SEARCH_ACTION, reader::readActionSearch, searches, limit));
        List<Mount> mounts = new ArrayList<>();
        questions.forEach((path, question) -> mounts.add(new Mount(
                path,
                new AuthenticatedEndpoint(domain.getId(), authenticator, audit, limit, requests, question, workers),
                question instanceof SearchEndpoint ? SEARCH_TIME.longest().plus(ANSWER_LIMIT) : DECISION_LIMIT)));
        return new AuthZenRoutes(vertx, mounts);
    }

    /**
     * The metadata's places.
     *
     * @param domain the domain
     * @param router the domain's router
     * @param reactor the gateway's root, where AM has such a bean
     * @param domains builds the domain's URL, where AM has such a bean
     * @param environment has the operator's settings
     * @param searches know what the engine offers
     * @param vertx writes answers on the request's own context
     * @return what the provider mounts
     */
    @Bean
    public MetadataRoutes metadataRoutes(
            Domain domain,
            Router router,
            ObjectProvider<Reactor> reactor,
            ObjectProvider<DomainReadService> domains,
            Environment environment,
            EngineSearches searches,
            Vertx vertx) {
        Optional<PdpIdentifier> pdp = PdpIdentifier.of(
                domain, Optional.ofNullable(domains.getIfUnique()), environment.getProperty(PdpIdentifier.GATEWAY_URL));
        return new MetadataRoutes(
                router,
                Optional.ofNullable(reactor.getIfUnique()),
                domain,
                pdp.map(known ->
                        new EndpointHandler(vertx.getDelegate(), new MetadataEndpoint(known, searches), ANSWER_LIMIT)));
    }

    private static Blocking workers(Vertx vertx) {
        return new Blocking() {
            @Override
            public <T> CompletionStage<T> run(Callable<T> task) {
                return vertx.getDelegate().executeBlocking(task, false).toCompletionStage();
            }
        };
    }
}
