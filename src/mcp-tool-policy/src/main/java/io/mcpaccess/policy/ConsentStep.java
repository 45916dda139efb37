package io.mcpaccess.policy;

import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.Domain;
import io.gravitee.gateway.api.ExecutionContext;
import io.mcpaccess.policy.RequestedTools.RequestedTool;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The step of the flow CONSENT, before the page: gives the page the names of the tools that the requested scopes stand
 * for. AM hands attributes on to the page as template variables.
 */
final class ConsentStep {

    /** Template variable: a list of maps with {@code server, tool, description, scopes, isNew}. */
    static final String TOOLS = "mcpTools";

    /** Template variable: the host, or the scheme of an app, that the browser is sent to afterwards. */
    static final String REDIRECT_HOST = "mcpRedirectHost";

    private final AmRequests requests;
    private final ExecutionContext context;

    /**
     * A run.
     *
     * @param requests reads AM's request
     * @param context the flow's context
     */
    ConsentStep(AmRequests requests, ExecutionContext context) {
        this.requests = requests;
        this.context = context;
    }

    /**
     * Sets the template variables.
     *
     * @param authorizationRequest AM's {@code AuthorizationRequest}
     * @throws RuntimeException if AM's request or its MCP servers cannot be read; the page then lists scopes alone
     */
    void describe(Object authorizationRequest) {
        DomainServers servers = new DomainServers(
                context.getComponent(ProtectedResourceManager.class),
                context.getComponent(Domain.class).getId());
        Set<String> scopes = requests.scopes(authorizationRequest);
        RequestedTools tools = RequestedTools.of(servers.addressedBy(requests.resources(authorizationRequest)), scopes);
        context.setAttribute(
                TOOLS, tools.tools().stream().map(ConsentStep::variables).toList());
        String host = host(requests.text(authorizationRequest, "getRedirectUri"));
        if (host != null) {
            context.setAttribute(REDIRECT_HOST, host);
        }
    }

    private static Map<String, Object> variables(RequestedTool each) {
        return Map.of(
                "server", each.server().name(),
                "tool", each.tool().key(),
                "description", each.tool().description(),
                "scopes", List.copyOf(each.tool().scopes()),
                "isNew", false);
    }

    private static String host(String redirectUri) {
        if (redirectUri == null) {
            return null;
        }
        try {
            URI uri = URI.create(redirectUri);
            return uri.getHost() == null ? uri.getScheme() : uri.getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
