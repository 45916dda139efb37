package io.mcpaccess.core.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpServerTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void case02_aTokenWithoutAnAudienceWasIssuedForNobody() {
        McpServer server = server(new McpServer.Tools.Loaded(Map.of()));

        assertThat(server.isAudienceOf(List.of())).isFalse();
        assertThat(server.isAudienceOf(List.of("https://mcp.example"))).isTrue();
        assertThat(server.isAudienceOf(List.of("https://mcp.example/"))).isFalse();
        assertThat(server.isAudienceOf(List.of("HTTPS://MCP.EXAMPLE"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pay", "PAY", "pay ", " pay", "pay\u200b", "p\u0430y", "\uff50ay", "pay\u0000", ""})
    void case14_aNameThatOnlyLooksAlikeIsAnotherTool(String name) {
        McpServer server = server(McpServer.Tools.Loaded.of(List.of(new McpTool("pay", "", Set.of(), NOON))));

        assertThat(server.tool("pay")).isPresent();
        assertThat(server.tool(name)).isEmpty();
    }

    @Test
    void toolsThatAreNotLoadedAreNotMissing() {
        assertThat(server(new McpServer.Tools.NotLoaded()).isLoaded()).isFalse();
        assertThat(server(new McpServer.Tools.Loaded(Map.of())).isLoaded()).isTrue();
    }

    @Test
    void namesAllScopesThatAreMissingInOrder() {
        McpTool tool = new McpTool("pay", "", new LinkedHashSet<>(List.of("b", "a", "c")), NOON);

        assertThat(tool.missingFrom(Set.of("a"))).containsExactly("b", "c");
        assertThat(tool.missingFrom(Set.of("a", "b", "c"))).isEmpty();
    }

    @Test
    void aToolIsYoungerThanATokenOnlyByAWholeSecond() {
        McpTool tool = new McpTool("pay", "", Set.of(), NOON.plusMillis(700));

        assertThat(tool.isYoungerThan(NOON)).isFalse();
        assertThat(tool.isYoungerThan(NOON.minusSeconds(1))).isTrue();
        assertThat(new McpTool("pay", "", Set.of(), null).isYoungerThan(NOON)).isFalse();
    }

    @Test
    void theObjectTemplateKeepsServersApart() {
        assertThat(ToolObject.QUALIFIED.id("billing", "pay")).isEqualTo("billing/pay");
        assertThat(ToolObject.UNQUALIFIED.id("billing", "pay")).isEqualTo("pay");
        for (String other : new String[] {"tool", "mcp_tool:{tool}", "tool:{tool}@{server}"}) {
            assertThatThrownBy(() -> new ToolObject(other)).hasMessageContaining("tool:{tool} or tool:{server}/{tool}");
        }
    }

    private static McpServer server(McpServer.Tools tools) {
        return new McpServer("billing", "Billing", Set.of("https://mcp.example"), tools);
    }
}
