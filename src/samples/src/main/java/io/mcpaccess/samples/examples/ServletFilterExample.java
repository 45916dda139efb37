package io.mcpaccess.samples.examples;

import io.mcpaccess.guard.Advertised;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.Rules;
import io.mcpaccess.guard.oauth.SubjectRule;
import io.mcpaccess.guard.oauth.TokenValidation;
import io.mcpaccess.guard.servlet.McpGuardFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** The guard as a filter in front of any servlet. */
public final class ServletFilterExample {
    private ServletFilterExample() {}

    /**
     * @param clientId the MCP server's client id at AM
     * @param clientSecret its secret
     * @return what the guard needs to know
     */
    public static GuardConfiguration configuration(String clientId, String clientSecret) {
        GuardConfiguration configuration = GuardConfiguration.of(
                "https://am.example.com/my-domain", // the domain at AM's gateway
                "https://billing.example.com/mcp", // this server, as registered at AM, in lower case
                clientId,
                clientSecret); // this server's own credentials
        return configuration;
    }

    /**
     * @param configuration of the guard
     * @return the same, with tokens checked by their signature
     */
    public static GuardConfiguration bySignature(GuardConfiguration configuration) {
        return configuration
                .withTokens(TokenValidation.jwt())
                .withRules(Rules.usual().withSubject(SubjectRule.sub()));
    }

    /**
     * @param configuration of the guard
     * @return the same, with more for clients to know
     */
    public static GuardConfiguration told(GuardConfiguration configuration) {
        return configuration.withAdvertised(Advertised.nothing()
                .withName("Billing")
                .withScopesSupported(List.of("invoices:read", "invoices:refund"))
                .withFirstScopes(List.of("invoices:read")));
    }

    /**
     * @param context where the server's servlet is
     * @param configuration of the guard
     */
    public static void guard(ServletContextHandler context, GuardConfiguration configuration) {
        FilterHolder filter = new FilterHolder(new McpGuardFilter(new McpGuard(configuration)));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    }
}
