package io.mcpaccess.authzen;

import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionTokenService;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.Domain;
import io.gravitee.am.repository.management.api.IdentityProviderRepository;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.DomainReadService;
import io.mcpaccess.authzen.catalogue.ProtectedResourceCatalogue;
import io.mcpaccess.authzen.decision.AccessRequest;
import io.mcpaccess.authzen.decision.AccessRequests;
import io.mcpaccess.authzen.decision.AmPermissionEngine;
import io.mcpaccess.authzen.decision.AmTokenIntrospector;
import io.mcpaccess.authzen.decision.AmbiguousTools;
import io.mcpaccess.authzen.decision.AuditedDecisions;
import io.mcpaccess.authzen.decision.DecisionMeters;
import io.mcpaccess.authzen.decision.EndOfDomain;
import io.mcpaccess.authzen.decision.LostAudits;
import io.mcpaccess.authzen.decision.SharedUsernames;
import io.mcpaccess.authzen.decision.StoredTokenClients;
import io.mcpaccess.core.decision.DecisionPipeline;
import io.mcpaccess.support.NodeMetrics;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How one domain decides: its MCP servers, its engine, introspection, audit and meters. */
@Configuration(proxyBeanMethods = false)
class DecisionConfiguration {

    private static final Duration CATALOGUE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration ENGINES_ARE_LOADED = Duration.ofSeconds(10);
    private static final Duration INTROSPECTION_LIMIT = Duration.ofMillis(1000);
    /** For an engine that does not say its deadline, 500 ms where nobody set it; the rest is to say what was wrong. */
    static final Duration ENGINE_LIMIT = Duration.ofMillis(650);

    /**
     * The domain's MCP servers. Loading begins when the bean is made, and ends with the context.
     *
     * @param domain the domain
     * @param repository AM's stored protected resources
     * @param manager what AM's own endpoints ask
     * @param events AM's events
     * @return the catalogue
     */
    @Bean(initMethod = "start", destroyMethod = "close")
    public ProtectedResourceCatalogue mcpServers(
            Domain domain,
            ProtectedResourceRepository repository,
            ProtectedResourceManager manager,
            EventManager events) {
        return new ProtectedResourceCatalogue(
                domain.getId(), repository, manager, events, Schedulers.io(), CATALOGUE_INTERVAL);
    }

    /**
     * The node's meters.
     *
     * @param domain the domain
     * @return meters with the domain's name
     */
    @Bean
    public DecisionMeters decisionMeters(Domain domain) {
        return new DecisionMeters(NodeMetrics.registry(), name(domain));
    }

    /**
     * Removes the meters when the domain is gone.
     *
     * @param domain the domain
     * @param domains AM's stored domains, where AM has such a bean
     * @param meters the domain's meters
     * @return closed with the context
     */
    @Bean(destroyMethod = "close")
    public EndOfDomain endOfDomain(Domain domain, ObjectProvider<DomainReadService> domains, DecisionMeters meters) {
        return new EndOfDomain(domain.getId(), Optional.ofNullable(domains.getIfUnique()), meters);
    }

    /**
     * The domain's engine.
     *
     * @param domain the domain
     * @param engines the domain's authorization engines
     * @param meters count questions
     * @return the engine
     */
    @Bean
    public AmPermissionEngine permissionEngine(
            Domain domain, AuthorizationEngineManager engines, DecisionMeters meters) {
        return new AmPermissionEngine(domain.getId(), engines, meters, ENGINE_LIMIT);
    }

    /**
     * The requests of the domain: each has its engine, its log and its pipeline.
     *
     * @param domain the domain
     * @param catalogue its MCP servers
     * @param introspection AM's introspection of access tokens
     * @param subjects finds the user of a token
     * @param beans the domain's, with the stored access tokens where AM has such a bean
     * @param engine the domain's authorization engine
     * @param meters count decisions
     * @param audit AM's audit
     * @return makes the requests
     */
    @Bean
    public AccessRequests accessRequests(
            Domain domain,
            ProtectedResourceCatalogue catalogue,
            @Qualifier("AccessTokenIntrospection") IntrospectionTokenService introspection,
            SubjectManager subjects,
            BeanFactory beans,
            AmPermissionEngine engine,
            DecisionMeters meters,
            AuditService audit) {
        AmbiguousTools ambiguous = new AmbiguousTools(name(domain));
        LostAudits lost = new LostAudits(name(domain), System::nanoTime);
        AmTokenIntrospector introspector = new AmTokenIntrospector(
                domain.getId(), introspection, subjects, StoredTokenClients.in(beans), INTROSPECTION_LIMIT);
        return (client, call, executor) -> {
            AmPermissionEngine.OfRequest asked = engine.forRequest();
            AuditedDecisions log = new AuditedDecisions(
                    audit,
                    lost,
                    meters,
                    domain,
                    client.client(),
                    call.routing(),
                    outcome -> asked.auditRule().takes(outcome, DecisionConfiguration::random));
            DecisionPipeline pipeline = new DecisionPipeline(
                    catalogue,
                    introspector,
                    asked,
                    decision -> {
                        ambiguous.record(decision);
                        log.record(decision);
                    },
                    DecisionConfiguration::newId,
                    System::nanoTime,
                    executor);
            return new AccessRequest(
                    client.pep(), call.body(), executor, asked, pipeline, search -> log.searched(newId(), search));
        };
    }

    /**
     * Warns about usernames that are no unique names.
     *
     * @param domain the domain
     * @param providers AM's stored identity providers, where AM has such a bean
     * @param engine knows how subjects are named
     * @return the check, which runs once
     */
    @Bean(initMethod = "start", destroyMethod = "close")
    public SharedUsernames sharedUsernames(
            Domain domain, ObjectProvider<IdentityProviderRepository> providers, AmPermissionEngine engine) {
        return new SharedUsernames(
                domain.getId(),
                Optional.ofNullable(providers.getIfUnique()),
                engine,
                Schedulers.io(),
                ENGINES_ARE_LOADED);
    }

    /** Has to be unique, not secret: a random UUID costs much more. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private static String name(Domain domain) {
        return domain.getHrid() == null ? domain.getId() : domain.getHrid();
    }
}
