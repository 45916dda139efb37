package io.mcpaccess.policy.am;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;
import io.mcpaccess.policy.am.RequestedTools.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestedToolsPropertiesTest {

    private static final List<String> SCOPES = List.of("openid", "a", "b", "c", "d");

    @Property
    void narrowNeverAddsAScope(
            @ForAll("servers") List<McpServer> servers,
            @ForAll("scopes") Set<String> requested,
            @ForAll("keys") Set<String> permitted) {
        Verdict verdict = weigh(servers, requested, permitted);

        assertThat(requested).containsAll(verdict.granted()).containsAll(verdict.useless());
        assertThat(verdict.granted()).noneMatch(verdict.useless()::contains);
    }

    @Property
    void fewerPermissionsNeverGrantMore(
            @ForAll("servers") List<McpServer> servers,
            @ForAll("scopes") Set<String> requested,
            @ForAll("keys") Set<String> permitted,
            @ForAll("keys") Set<String> revoked) {
        Set<String> fewer = new HashSet<>(permitted);
        fewer.removeAll(revoked);

        Verdict before = weigh(servers, requested, permitted);
        Verdict after = weigh(servers, requested, fewer);

        assertThat(before.granted()).containsAll(after.granted());
        assertThat(before.callable()).containsAll(after.callable());
    }

    @Property
    void whatIsCallableIsPermittedAndItsScopesAreGranted(
            @ForAll("servers") List<McpServer> servers,
            @ForAll("scopes") Set<String> requested,
            @ForAll("keys") Set<String> permitted) {
        Verdict verdict = weigh(servers, requested, permitted);

        assertThat(permitted).containsAll(verdict.callable());
        RequestedTools.of(servers, requested).tools().stream()
                .filter(each -> permitted.contains(each.tool().key()))
                .filter(each -> verdict.granted().containsAll(each.tool().scopes()))
                .forEach(each ->
                        assertThat(verdict.callable()).contains(each.tool().key()));
    }

    @Property
    void scopesOfNoToolAreKept(@ForAll("servers") List<McpServer> servers, @ForAll("scopes") Set<String> requested) {
        Verdict verdict = weigh(servers, requested, Set.of());

        assertThat(verdict.granted().contains("openid")).isEqualTo(requested.contains("openid"));
    }

    private static Verdict weigh(List<McpServer> servers, Set<String> requested, Set<String> permitted) {
        return RequestedTools.of(servers, requested)
                .weigh(each -> permitted.contains(each.tool().key()));
    }

    @Provide
    Arbitrary<Set<String>> scopes() {
        return Arbitraries.of(SCOPES).set();
    }

    @Provide
    Arbitrary<Set<String>> keys() {
        return Arbitraries.of("t0", "t1", "t2", "t3", "t4", "t5").set();
    }

    @Provide
    Arbitrary<List<McpServer>> servers() {
        return Arbitraries.of("a", "b", "c", "d").set().list().ofMaxSize(6).map(scopesOfTools -> {
            List<McpTool> tools = new ArrayList<>();
            for (Set<String> scopes : scopesOfTools) {
                tools.add(new McpTool("t" + tools.size(), "", scopes, null));
            }
            return List.of(new McpServer("server", "Server", Set.of("r"), McpServer.Tools.Loaded.of(tools)));
        });
    }
}
