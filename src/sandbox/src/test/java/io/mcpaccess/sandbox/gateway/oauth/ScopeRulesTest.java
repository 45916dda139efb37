package io.mcpaccess.sandbox.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.TestTables;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.am.DomainEventManager;
import io.mcpaccess.sandbox.am.TableRepositories;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.gateway.am.McpServerManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeRulesTest {
    private static final Set<String> BILLING = Set.of("http://billing/mcp");

    private final Tables tables = TestTables.of("""
            domains:
              - id: demo
                applications: [{clientId: agent, scopes: [openid]}]
                protectedResources:
                  - {name: billing, clientId: billing-mcp, resourceIdentifiers: ["http://billing/mcp"],
                     features: [{key: list, scopes: [read]}, {key: pay, scopes: [write]}]}
            """);
    private final Client agent =
            AmModels.client(tables.applications().where(row -> true).findFirst().orElseThrow());

    @Test
    void toolScopesAreAcceptedWithTheirResourceOnly() throws Exception {
        ScopeRules rules = rules(false);

        assertThat(rules.requireScopes(agent, Set.of("openid", "read", "write"), BILLING))
                .containsExactlyInAnyOrder("openid", "read", "write");
        assertThatThrownBy(() -> rules.requireScopes(agent, Set.of("read"), Set.of()))
                .hasMessage("Invalid scope(s): read");
        assertThatThrownBy(() -> rules.requireScopes(agent, Set.of("admin"), BILLING))
                .hasMessage("Invalid scope(s): admin");
    }

    @Test
    void toolScopesAreNeverAddedByThemselves() throws Exception {
        assertThat(rules(false).requireScopes(agent, Set.of(), BILLING)).isEmpty();
    }

    @Test
    void anExchangedTokenHasWhatItsTokensHaveAndTheResourceOrTheApplicationHasToo() throws Exception {
        ScopeRules rules = rules(false);
        Set<String> held = Set.of("openid", "read", "elsewhere");

        assertThat(rules.exchanged(agent, Set.of(), held, BILLING))
                .as("openid is no default of the application")
                .containsExactly("read");
        assertThat(rules.exchanged(agent, Set.of("openid", "read"), held, BILLING))
                .containsExactlyInAnyOrder("openid", "read");
        assertThatThrownBy(() -> rules.exchanged(agent, Set.of("write"), held, BILLING))
                .isInstanceOf(OAuthFailure.class);
        assertThat(rules.exchanged(agent, Set.of(), held, Set.of())).isEmpty();
    }

    @Test
    void forgottenToolsMakeTheirScopesInvalid() throws Exception {
        ScopeRules rules = rules(true);

        assertThatThrownBy(() -> rules.requireScopes(agent, Set.of("read"), BILLING))
                .hasMessage("Invalid scope(s): read");
    }

    @Test
    void resourceIsComparedExactly() throws Exception {
        ScopeRules rules = rules(false);

        rules.requireKnownResources(BILLING);
        assertThatThrownBy(() -> rules.requireKnownResources(Set.of("http://Billing/mcp")))
                .isInstanceOf(OAuthFailure.class);
    }

    @Test
    void tokenRequestNarrowsItsResourcesAndNeverWidensThem() {
        Set<String> both = Set.of("http://a/", "http://b/");

        assertThat(ScopeRules.requireConsistent(Set.of(), both)).isEqualTo(both);
        assertThat(ScopeRules.requireConsistent(Set.of("http://a/"), both)).containsExactly("http://a/");
        assertThatThrownBy(() -> ScopeRules.requireConsistent(Set.of("http://c/"), both))
                .isInstanceOf(OAuthFailure.class);
        assertThatThrownBy(() -> ScopeRules.requireConsistent(Set.of("http://a/"), Set.of()))
                .isInstanceOf(OAuthFailure.class);
    }

    @Test
    void parametersAreTrimmed() {
        assertThat(ScopeRules.split("  a  b\ta ")).containsExactly("a", "b");
        assertThat(ScopeRules.resources(Map.of("resource", List.of(" http://a/ ", ""))))
                .containsExactly("http://a/");
    }

    private ScopeRules rules(boolean forget) throws Exception {
        McpServerManager resources = new McpServerManager(
                "demo", new TableRepositories.ProtectedResources(tables, forget), new DomainEventManager());
        resources.start();
        return new ScopeRules(resources);
    }
}
