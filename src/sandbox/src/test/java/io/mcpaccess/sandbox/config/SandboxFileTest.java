package io.mcpaccess.sandbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ApprovalRow;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.FormRow;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.shared.ConfigurationException;
import io.mcpaccess.sandbox.shared.Database;
import io.mcpaccess.sandbox.shared.SandboxPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxFileTest {
    @TempDir
    Path folder;

    private final Database database = new Database();
    private final Tables tables = Tables.of(database, new ObjectMapper());

    @Test
    void takesOverWhatUsersApprovedBefore() throws Exception {
        read("""
                domains:
                  - id: demo
                    users: [{username: alice, password: wonderland}]
                    approvals: [{username: alice, clientId: agent, scopes: ["invoices:read", openid]}]
                """);

        assertThat(tables.approvals().where(row -> row.clientId().equals("agent")))
                .extracting(ApprovalRow::scope, ApprovalRow::status)
                .containsExactlyInAnyOrder(tuple("invoices:read", "APPROVED"), tuple("openid", "APPROVED"));
    }

    @Test
    void anApprovalOfNobodyIsAMistake() {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> read("""
                domains:
                  - id: demo
                    users: [{username: alice, password: wonderland}]
                    approvals: [{username: bob, clientId: agent, scopes: [openid]}]
                """)))
                .hasMessageContaining("there is no user 'bob'");
    }

    @Test
    void anIdMayDifferFromTheNameInThePath() throws Exception {
        SandboxPlan plan = read("""
                quirks: {syncSeconds: 5}
                domains:
                  - {id: 8d3c1, hrid: demo, applications: [{clientId: robot, clientSecret: s, agent: AUTONOMOUS}]}
                """);

        assertThat(plan.sync()).hasSeconds(5);
        assertThat(tables.domains().find("8d3c1")).get().satisfies(domain -> {
            assertThat(domain.path()).isEqualTo("/demo");
            assertThat(domain.name()).isEqualTo("demo");
        });
        assertThat(tables.applications().where(row -> row.domain().equals("8d3c1")))
                .extracting(ApplicationRow::agent)
                .containsExactly(ApplicationRow.Agent.AUTONOMOUS);
    }

    @Test
    void onePathForTwoDomainsAndAnUnknownKindOfAgentAreMistakes() {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> read("""
                domains:
                  - {id: a, hrid: demo, applications: [{clientId: robot, agent: human}]}
                  - {id: b, hrid: demo}
                  - {id: c, hrid: no path}
                """)))
                .hasMessageContaining("there is no kind of agent 'human'")
                .hasMessageContaining("the path '/demo' stands twice")
                .hasMessageContaining("the domain hrid 'no path' cannot be a path");
    }

    @Test
    void readsTheWholeFile() throws Exception {
        SandboxPlan plan = read("""
                gateway: {host: localhost, port: 0}
                settings: {mcp: {embedded: {dir: stores}, import: {allowPrivateNetworks: true}}}
                quirks: {forgetToolsAtStart: true}
                domains:
                  - id: demo
                    users: [{username: alice, password: wonderland}]
                    applications: [{clientId: agent, clientSecret: s, redirectUris: ["http://127.0.0.1:9999/callback"], scopes: [openid]}]
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: [" HTTP://127.0.0.1:9100/MCP "],
                         features: [{key: list_invoices, scopes: ["invoices:read"]}]}
                    authorizationEngine: {type: openfga, configuration: {mode: embedded, deep: {list: [1, true, text]}}}
                """);

        assertThat(plan.gateway().url()).isEqualTo("http://localhost:0");
        assertThat(plan.management().port()).isEqualTo(8093);
        assertThat(plan.plugins()).isNull();
        assertThat(plan.forgetToolsAtStart()).isTrue();
        assertThat(plan.properties())
                .containsEntry("mcp.embedded.dir", folder.resolve("stores").toString())
                .containsEntry("mcp.import.allowPrivateNetworks", "true");
        UserRow alice = tables.users().where(row -> true).findFirst().orElseThrow();
        assertThat(Secrets.matches("wonderland", alice.passwordHash())).isTrue();
        ProtectedResourceRow billing =
                tables.protectedResources().where(row -> true).findFirst().orElseThrow();
        assertThat(billing.resourceIdentifiers())
                .as("trimmed and in lower case, as AM saves them")
                .containsExactly("http://127.0.0.1:9100/mcp");
        EngineRow engine = tables.engines().where(row -> true).findFirst().orElseThrow();
        assertThat(engine.configuration()).isEqualTo("{\"mode\":\"embedded\",\"deep\":{\"list\":[1,true,\"text\"]}}");
    }

    @Test
    void administratorIsThereUnlessTheFileNamesAnother() throws Exception {
        read("domains: [{id: demo}]");
        assertThat(tables.managementUsers().find("admin").orElseThrow().permissions())
                .containsExactly("*");

        read("""
                managementUsers: [{username: admin, password: other, permissions: [DOMAIN_SCOPE]}]
                domains: [{id: demo}]
                """);
        assertThat(tables.managementUsers().find("admin").orElseThrow().permissions())
                .containsExactly("DOMAIN_SCOPE");
    }

    @Test
    void clientWithoutSecretIsPublic() throws Exception {
        read("domains: [{id: demo, applications: [{clientId: desktop}]}]");

        ApplicationRow desktop =
                tables.applications().where(row -> true).findFirst().orElseThrow();
        assertThat(desktop.secrets()).isEmpty();
    }

    @Test
    void formsAreReadRelativeToTheFile() throws Exception {
        Files.writeString(folder.resolve("consent.html"), "<html></html>");

        read("domains: [{id: demo, forms: {oauth2_user_consent: consent.html}}]");

        FormRow form = tables.forms().where(row -> true).findFirst().orElseThrow();
        assertThat(form.template()).isEqualTo("oauth2_user_consent");
        assertThat(form.content()).isEqualTo("<html></html>");
        assertThat(form.enabled()).isTrue();
    }

    @Test
    void reportsEveryMistakeWithItsLineAndWritesNothing() {
        List<String> mistakes = mistakes("""
                gateway: {port: many}
                domains:
                  - id: Demo Domain
                    users: [{username: alice}]
                    applications:
                      - {clientId: agent, redirectUris: [callback], grantTypes: [password]}
                      - {clientId: agent}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, resourceIdentifiers: ["ftp://x/"], features: [{key: "a.b"}]}
                    flows: [{extensionPoint: BEFORE_TOKEN, policy: mcp-tool-access}]
                    colour: green
                """);

        assertThat(mistakes)
                .anySatisfy(m -> assertThat(m)
                        .startsWith("sandbox.yml:1: 'port' of gateway is not a number between 0 and 65535"));
        assertThat(mistakes)
                .anySatisfy(m -> assertThat(m)
                        .startsWith(
                                "sandbox.yml:3: the domain id 'Demo Domain' cannot be a path; use lower-case letters"));
        assertThat(mistakes)
                .anySatisfy(m ->
                        assertThat(m).startsWith("sandbox.yml:4: domains[0].users[0] has no 'password'; password: "));
        assertThat(mistakes)
                .anySatisfy(m -> assertThat(m).startsWith("sandbox.yml:6: 'callback' is not a redirect URI"));
        assertThat(mistakes).anySatisfy(m -> assertThat(m).startsWith("sandbox.yml:6: 'password' is not a grant type"));
        assertThat(mistakes)
                .anySatisfy(m -> assertThat(m).startsWith("sandbox.yml:7: the client id 'agent' stands twice"));
        assertThat(mistakes)
                .anySatisfy(m -> assertThat(m).startsWith("sandbox.yml:9: 'ftp://x/' is not a resource identifier"));
        assertThat(mistakes)
                .anySatisfy(m -> assertThat(m).startsWith("sandbox.yml:9: AM cannot hold the tool key 'a.b'"));
        assertThat(mistakes)
                .anySatisfy(
                        m -> assertThat(m).startsWith("sandbox.yml:10: there is no extension point 'BEFORE_TOKEN'"));
        assertThat(mistakes)
                .anySatisfy(m ->
                        assertThat(m).startsWith("sandbox.yml:11: 'colour' is unknown in domains[0]; known are id, "));
        assertThat(tables.domains().where(row -> true)).isEmpty();
        assertThat(tables.managementUsers().where(row -> true)).isEmpty();
    }

    @Test
    void saysWhereTheYamlBreaks() {
        assertThat(mistakes("domains:\n  - {id: demo\n"))
                .singleElement()
                .satisfies(m -> assertThat(m).matches("sandbox\\.yml:[23]: not YAML: .*"));
        assertThat(mistakes("")).singleElement().satisfies(m -> assertThat(m).contains("start with 'domains:'"));
    }

    @Test
    void namesNoSecretInAMistake() {
        assertThat(mistakes("domains: [{id: demo, users: [{username: alice, password: [wonderland]}]}]"))
                .isNotEmpty()
                .noneSatisfy(m -> assertThat(m).contains("wonderland"));
    }

    @Test
    void duplicateKeysAreRefused() {
        assertThat(mistakes("domains: [{id: demo}]\ndomains: [{id: other}]\n"))
                .singleElement()
                .satisfies(m -> assertThat(m).startsWith("sandbox.yml:2: 'domains' stands twice"));
    }

    private SandboxPlan read(String yaml) throws ConfigurationException {
        return new SandboxFile().read(folder.resolve("sandbox.yml"), yaml, database);
    }

    private List<String> mistakes(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(yaml))
                .mistakes();
    }
}
