package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.mcp.McpTool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One state of a domain and one question. */
record DecisionCase(
        Set<String> needed,
        Set<String> held,
        Set<String> audience,
        String tokenUser,
        String askedUser,
        String tool,
        Set<String> permissions,
        boolean presented,
        Pep pep,
        boolean youngTool,
        AccessSettings settings) {

    private static final List<String> SCOPES = List.of("a", "b", "c");
    private static final List<String> USERS = List.of("alice", "bob");
    private static final List<String> TOOLS = List.of("pay", "list", "find", "nobodys");
    private static final List<String> AUDIENCES = List.of(World.BILLING, World.CRM, "https://elsewhere.example");

    DecisionCase withScopes(Set<String> scopes) {
        return new DecisionCase(
                needed, scopes, audience, tokenUser, askedUser, tool, permissions, presented, pep, youngTool, settings);
    }

    DecisionCase withAudience(Set<String> audiences) {
        return new DecisionCase(
                needed, held, audiences, tokenUser, askedUser, tool, permissions, presented, pep, youngTool, settings);
    }

    DecisionCase withPermissions(Set<String> tuples) {
        return new DecisionCase(
                needed, held, audience, tokenUser, askedUser, tool, tuples, presented, pep, youngTool, settings);
    }

    DecisionCase withYoungTool(boolean young) {
        return new DecisionCase(
                needed, held, audience, tokenUser, askedUser, tool, permissions, presented, pep, young, settings);
    }

    DecisionCase withSettings(AccessSettings other) {
        return new DecisionCase(
                needed, held, audience, tokenUser, askedUser, tool, permissions, presented, pep, youngTool, other);
    }

    World world() {
        World world = new World();
        world.servers.set(
                0,
                World.server(
                        "billing",
                        World.BILLING,
                        new McpTool("pay", "", needed, World.ISSUED.plusSeconds(youngTool ? 60 : -60)),
                        new McpTool("list", "", Set.of("a"), null)));
        world.tokens.put("t", World.active(tokenUser, List.copyOf(audience), held, List.of()));
        world.permissions.clear();
        world.permissions.addAll(permissions);
        world.settings = settings;
        return world;
    }

    EvaluationRequest question() {
        return World.call(askedUser, tool, presented ? World.with("t") : Map.of());
    }

    Outcome outcome() {
        return world().decide(pep, question());
    }

    /** Every state, under the settings that hold where nothing is set. */
    static Arbitrary<DecisionCase> any() {
        Arbitrary<Set<String>> scopes = Arbitraries.subsetOf(SCOPES);
        Arbitrary<Set<String>> permissions = Arbitraries.subsetOf(USERS.stream()
                .flatMap(user -> TOOLS.stream().map(tool -> "user:" + user + " can_call tool:" + tool))
                .toList());
        Arbitrary<Pep> callers = Arbitraries.of(World.BILLING_SERVER, World.CRM_SERVER, World.GATEWAY);
        return Combinators.combine(
                        scopes,
                        scopes,
                        Arbitraries.subsetOf(AUDIENCES),
                        Arbitraries.of(USERS),
                        Arbitraries.of(USERS),
                        Arbitraries.of(TOOLS),
                        permissions,
                        callers)
                .flatAs((needed, held, audience, tokenUser, askedUser, tool, tuples, pep) -> Combinators.combine(
                                Arbitraries.of(true, false), Arbitraries.of(true, false))
                        .as((presented, young) -> new DecisionCase(
                                needed,
                                held,
                                audience,
                                tokenUser,
                                askedUser,
                                tool,
                                tuples,
                                presented,
                                pep,
                                young,
                                AccessSettings.DEFAULTS)));
    }
}
