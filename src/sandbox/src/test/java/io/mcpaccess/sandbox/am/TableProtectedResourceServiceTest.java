package io.mcpaccess.sandbox.am;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gravitee.am.model.Domain;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourceSecret;
import io.gravitee.am.service.model.NewMcpTool;
import io.gravitee.am.service.model.NewProtectedResource;
import io.gravitee.am.service.model.PatchProtectedResource;
import io.gravitee.am.service.model.UpdateMcpTool;
import io.gravitee.am.service.model.UpdateProtectedResource;
import io.mcpaccess.sandbox.TestClock;
import io.mcpaccess.sandbox.TestTables;
import io.mcpaccess.sandbox.data.Change;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.shared.EventBus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableProtectedResourceServiceTest {
    private final Tables tables = TestTables.of("""
            domains:
              - {id: demo, scopes: [{key: read}, {key: write}], applications: [{clientId: agent}]}
            """);
    private final TestClock clock = new TestClock();
    private final EventBus events = new EventBus();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final TableProtectedResourceService service = new TableProtectedResourceService(tables, events, clock);
    private final Domain domain = new Domain("demo");

    @BeforeEach
    void listen() {
        events.subscribe(Change.TOPIC, heard::add);
    }

    @AfterEach
    void stop() {
        events.close();
    }

    @Test
    void createdServerHasANormalIdentifierASecretThatIsShownOnceAndAnEvent() throws Exception {
        ProtectedResourceSecret created =
                service.create(domain, null, server(" HTTP://Host/MCP ")).blockingGet();

        ProtectedResource stored = service.findById(created.getId()).blockingGet();
        assertThat(stored.getResourceIdentifiers()).containsExactly("http://host/mcp");
        assertThat(stored.getClientSecrets()).singleElement().satisfies(secret -> {
            assertThat(secret.getSecret()).isNotEqualTo(created.getClientSecret());
            assertThat(Secrets.matches(created.getClientSecret(), secret.getSecret()))
                    .isTrue();
        });
        Change change = Change.parse(heard.poll(5, TimeUnit.SECONDS));
        assertThat(change)
                .isEqualTo(new Change(Change.Type.PROTECTED_RESOURCE, Change.Action.CREATE, "demo", created.getId()));
    }

    @Test
    void createDoesNotCheckScopesAsAmDoesNot() {
        NewProtectedResource server = server("http://host/mcp");
        NewMcpTool tool = new NewMcpTool();
        tool.setKey("tool");
        tool.setScopes(List.of("undefined"));
        server.setFeatures(List.of(tool));

        assertThat(service.create(domain, null, server).blockingGet().getId()).isNotNull();
    }

    @Test
    void identifierAndClientIdAreUniqueInTheDomain() {
        service.create(domain, null, server("http://host/mcp")).blockingGet();

        assertThatThrownBy(() ->
                        service.create(domain, null, server("HTTP://HOST/mcp")).blockingGet())
                .hasMessage("Resource identifier already exists");
        NewProtectedResource named = server("http://other/mcp");
        named.setClientId("agent");
        assertThatThrownBy(() -> service.create(domain, null, named).blockingGet())
                .isInstanceOf(ManagementFailure.class);
    }

    @Test
    void updateChecksScopesAndKeysAndKeepsTheAgeOfATool() {
        String id = service.create(domain, null, server("http://host/mcp"))
                .blockingGet()
                .getId();
        service.update(domain, id, update(tool("old", "read")), null).blockingGet();
        long firstSeen = stored(id, "old").getCreatedAt().getTime();
        clock.pass(Duration.ofHours(1));

        service.update(domain, id, update(tool("new", "write"), tool("old", "read", "write")), null)
                .blockingGet();

        assertThat(stored(id, "old").getCreatedAt().getTime()).isEqualTo(firstSeen);
        assertThat(stored(id, "old").getUpdatedAt().getTime()).isGreaterThan(firstSeen);
        assertThat(stored(id, "new").getCreatedAt().getTime()).isEqualTo(clock.millis());
        assertThatThrownBy(() -> service.update(domain, id, update(tool("old", "undefined")), null)
                        .blockingGet())
                .hasMessage("scope undefined is not valid.");
        assertThatThrownBy(() -> service.update(domain, id, update(tool("a", "read"), tool("a", "read")), null)
                        .blockingGet())
                .hasMessageContaining("Duplicate feature keys");
    }

    @Test
    void patchLeavesAloneWhatItDoesNotName() {
        String id = service.create(domain, null, server("http://host/mcp"))
                .blockingGet()
                .getId();
        service.update(domain, id, update(tool("old", "read")), null).blockingGet();
        PatchProtectedResource patch = new PatchProtectedResource();
        patch.setDescription(Optional.of("new text"));

        service.patch(domain, id, patch, null).blockingGet();

        ProtectedResource stored = service.findById(id).blockingGet();
        assertThat(stored.getDescription()).isEqualTo("new text");
        assertThat(stored.getFeatures()).hasSize(1);
        assertThat(stored.getResourceIdentifiers()).containsExactly("http://host/mcp");
    }

    @Test
    void serverOfAnotherDomainCannotBeDeleted() {
        String id = service.create(domain, null, server("http://host/mcp"))
                .blockingGet()
                .getId();

        assertThatThrownBy(() -> service.delete(new Domain("other"), id, ProtectedResource.Type.MCP_SERVER, null)
                        .blockingAwait())
                .isInstanceOf(ManagementFailure.class);
        assertThat(service.findById(id).blockingGet()).isNotNull();
    }

    private static NewProtectedResource server(String identifier) {
        NewProtectedResource server = new NewProtectedResource();
        server.setName("billing");
        server.setResourceIdentifiers(List.of(identifier));
        return server;
    }

    private static UpdateProtectedResource update(UpdateMcpTool... tools) {
        UpdateProtectedResource update = new UpdateProtectedResource();
        update.setName("billing");
        update.setResourceIdentifiers(List.of("http://host/mcp"));
        update.setFeatures(List.of(tools));
        return update;
    }

    private static UpdateMcpTool tool(String key, String... scopes) {
        UpdateMcpTool tool = new UpdateMcpTool();
        tool.setKey(key);
        tool.setScopes(List.of(scopes));
        return tool;
    }

    private McpTool stored(String id, String key) {
        return service.findById(id).blockingGet().getFeatures().stream()
                .filter(feature -> feature.getKey().equals(key))
                .map(McpTool.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
