package io.mcpaccess.policy;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.ScopeApprovalService;
import io.gravitee.am.service.reporter.builder.AuditBuilder;
import io.gravitee.common.util.LinkedMultiValueMap;
import io.gravitee.common.util.MultiValueMap;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.PolicyResult;
import io.mcpaccess.contract.AuditEntry;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One request in a flow of AM, with the MCP server {@code billing} in the domain {@code demo}. */
final class Flow {

    static final String BILLING = "http://127.0.0.1:9100/mcp";

    final Map<String, Object> attributes = new HashMap<>();
    final Map<Class<?>, Object> components = new HashMap<>();
    final List<ProtectedResource> resources = new ArrayList<>();
    final List<AuditEntry> audits = new ArrayList<>();
    final ExecutionContext context = mock(ExecutionContext.class);
    final Chain chain = new Chain();
    final Approvals approvals;
    OAuth2Request request = OAuth2Request.of(Set.of("invoices:read", "openid"), Set.of(BILLING));

    /** A flow whose user approved all scopes an hour ago, before the policy was installed. */
    Flow() {
        this(new Approvals());
        Stream.of("invoices:read", "invoices:write", "admin", "payroll")
                .forEach(scope -> approvals.approve(scope, Instant.now().minusSeconds(3_600)));
    }

    Flow(Approvals approvals) {
        this.approvals = approvals;
        components.put(ScopeApprovalService.class, approvals.service());
        components.put(DataPlaneRegistry.class, approvals.registry());
        when(context.getAttribute(any())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        when(context.getComponent(any())).thenAnswer(call -> {
            Object component = components.get(call.<Class<?>>getArgument(0));
            if (component == null) {
                throw new IllegalStateException("no such bean");
            }
            return component;
        });
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(context)
                .setAttribute(any(), any());
        ProtectedResourceManager manager = mock(ProtectedResourceManager.class);
        when(manager.entities()).thenAnswer(call -> List.copyOf(resources));
        when(manager.getByIdentifier(any()))
                .thenAnswer(call -> Set.copyOf(resources.stream()
                        .filter(each -> each.getResourceIdentifiers().contains(call.<String>getArgument(0)))
                        .toList()));
        components.put(ProtectedResourceManager.class, manager);
        components.put(Domain.class, new Domain("demo"));
        AuditService auditService = mock(AuditService.class);
        doAnswer(call -> audits.add(call.<AuditBuilder<?>>getArgument(0).toContractEntry()))
                .when(auditService)
                .report(any());
        components.put(AuditService.class, auditService);
        resources.add(server("billing-mcp", BILLING, tool("list_invoices", "invoices:read")));
        attributes.put("client", client());
        attributes.put("user", user("alice"));
        engine(Maybe.empty());
    }

    Flow asking(String... scopes) {
        request = OAuth2Request.of(Set.of(scopes), Set.of(BILLING));
        return this;
    }

    Flow engine(Maybe<AuthorizationEngineProvider> engine) {
        AuthorizationEngineManager engines = mock(AuthorizationEngineManager.class);
        when(engines.getDefault()).thenReturn(engine);
        components.put(AuthorizationEngineManager.class, engines);
        return this;
    }

    /** Runs the step and waits for its end. */
    Flow run(McpToolAccessPolicy policy) throws InterruptedException {
        policy.onRequest(request, mock(Response.class), context, chain);
        chain.await();
        return this;
    }

    static ProtectedResource server(String clientId, String identifier, McpTool... tools) {
        ProtectedResource server = new ProtectedResource();
        server.setClientId(clientId);
        server.setName(clientId);
        server.setDomainId("demo");
        server.setResourceIdentifiers(List.of(identifier));
        server.setFeatures(List.of(tools));
        return server;
    }

    static McpTool tool(String key, String... scopes) {
        McpTool tool = new McpTool();
        tool.setKey(key);
        tool.setDescription("About " + key);
        tool.setScopes(List.of(scopes));
        tool.setCreatedAt(Date.from(Instant.now().minusSeconds(86_400)));
        return tool;
    }

    static User user(String username) {
        User user = new User();
        user.setUsername(username);
        return user;
    }

    private static Client client() {
        Client client = new Client();
        client.setClientId("agent");
        return client;
    }

    /** Has the methods of AM's class of this name that the policy reaches by reflection. */
    public abstract static class OAuth2Request implements Request {

        private Set<String> scopes;
        private Set<String> resources;
        private String grantType = "authorization_code";
        private Map<String, Object> actClaim;
        private MultiValueMap<String, String> parameters;

        static OAuth2Request of(Set<String> scopes, Set<String> resources) {
            OAuth2Request request = mock(OAuth2Request.class, withSettings().defaultAnswer(CALLS_REAL_METHODS));
            request.setScopes(scopes);
            request.setResources(resources);
            request.setGrantType("authorization_code");
            return request;
        }

        public Set<String> getScopes() {
            return scopes;
        }

        public void setScopes(Set<String> scopes) {
            this.scopes = scopes;
        }

        public Set<String> getResources() {
            return resources;
        }

        public void setResources(Set<String> resources) {
            this.resources = resources;
        }

        @Override
        public MultiValueMap<String, String> parameters() {
            return parameters;
        }

        void setParameter(String name, String value) {
            parameters = new LinkedMultiValueMap<>();
            parameters.add(name, value);
        }

        /** AM has it since 4.11. */
        public Map<String, Object> getActClaim() {
            return actClaim;
        }

        void setActClaim(Map<String, Object> actClaim) {
            this.actClaim = actClaim;
        }

        public String getGrantType() {
            return grantType;
        }

        public void setGrantType(String grantType) {
            this.grantType = grantType;
        }
    }

    /** Records how a step ends; {@code ""} stands for "next". */
    static final class Chain implements PolicyChain {

        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        private final List<String> seen = new ArrayList<>();
        private PolicyResult failure;

        @Override
        public void doNext(Request request, Response response) {
            ends.add("");
        }

        @Override
        public void failWith(PolicyResult result) {
            failure = result;
            ends.add(result.key());
        }

        @Override
        public void streamFailWith(PolicyResult result) {
            failWith(result);
        }

        private void await() throws InterruptedException {
            String end = ends.poll(20, TimeUnit.SECONDS);
            if (end == null) {
                throw new AssertionError("the step did not end");
            }
            seen.add(end);
        }

        /** All ends until now, those after the first as well. */
        List<String> ends() {
            ends.drainTo(seen);
            return List.copyOf(seen);
        }

        PolicyResult failure() {
            return failure;
        }
    }
}
