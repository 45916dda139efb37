package io.mcpaccess.registry.plan;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a declaration with what AM has. The same declaration on the domain that its plan leads to gives a plan in which
 * nothing changes.
 *
 * <p>A scope that applications may hold already is not given to another tool: whoever approved it approved the tools that
 * it opened then. A tool with at least one scope that nobody holds yet is no such case, because AM asks the user for that
 * one.
 */
public final class Planner {

    private static final String NOT_DECLARED = "Not declared, left as it is; prune=true removes it";

    private final DomainState domain;
    private final ScopePlanner scopePlanner;
    private final PlanOptions options;
    private final ToolNames names;
    private final Set<String> held;

    /**
     * A planner for one state of a domain.
     *
     * @param domain what the domain has
     * @param scopes which scopes the domain defines
     * @param options what the caller allows
     * @param names what a key means that two servers have
     */
    public Planner(DomainState domain, ScopeLookup scopes, PlanOptions options, ToolNames names) {
        this.domain = domain;
        this.scopePlanner = new ScopePlanner(scopes);
        this.options = options;
        this.names = names;
        this.held = domain.heldScopes();
    }

    /**
     * Plans one server.
     *
     * @param declared the server as it should be
     * @return the plan
     * @throws InvalidDeclarationException if there can be none
     */
    public Plan plan(DeclaredServer declared) {
        Optional<RegisteredServer> registered = domain.serverOf(declared.resourceIdentifiers());
        ServerPlan server = server(declared, registered);
        Set<String> widened = new HashSet<>();
        Set<String> closed = new LinkedHashSet<>();
        Map<String, ToolHints> hints = new HashMap<>();
        List<ToolPlan> tools = new ArrayList<>();
        Map<String, Integer> uses = uses(declared.tools());
        Set<String> done = new HashSet<>();
        for (DeclaredTool tool : declared.tools()) {
            if (done.add(tool.key())) {
                hints.put(tool.key(), tool.hints());
                ToolPlan plan = tool(tool, uses.get(tool.key()), server.name(), registered, widened);
                tools.add(besideOthers(plan, registered, closed).mapped(tool.mapping()));
            }
        }
        registered.ifPresent(known -> known.tools().stream()
                .filter(tool -> !done.contains(tool.key()))
                .forEach(tool -> tools.add(
                        options.prune()
                                ? ToolPlan.kept(tool, PlannedChange.REMOVED, "Not declared")
                                : ToolPlan.kept(tool, PlannedChange.UNCHANGED, NOT_DECLARED))));
        Plan plan = new Plan(Optional.of(server), tools, List.of(), widened, List.copyOf(closed), advice(registered));
        return plan.withScopes(scopePlanner.plan(server.name(), plan.resultingTools(registered), hints));
    }

    private static Map<String, Integer> uses(List<DeclaredTool> tools) {
        Map<String, Integer> uses = new HashMap<>();
        tools.forEach(tool -> uses.merge(tool.key(), 1, Integer::sum));
        return uses;
    }

    private static ServerPlan server(DeclaredServer declared, Optional<RegisteredServer> registered) {
        if (registered.isEmpty()) {
            return new ServerPlan(
                    Optional.empty(),
                    declared.name().orElseGet(() -> hostOf(declared)),
                    Optional.empty(),
                    declared.description().orElse(""),
                    declared.resourceIdentifiers(),
                    PlannedChange.ADDED);
        }
        RegisteredServer known = registered.get();
        String name = declared.name().orElse(known.name());
        String description = declared.description().orElse(known.description());
        List<String> identifiers =
                declared.keepsIdentifiers() ? known.resourceIdentifiers() : declared.resourceIdentifiers();
        boolean same = name.equals(known.name())
                && description.equals(known.description())
                && Set.copyOf(identifiers).equals(Set.copyOf(known.resourceIdentifiers()));
        return new ServerPlan(
                Optional.of(known.id()),
                name,
                Optional.of(known.clientId()),
                description,
                identifiers,
                same ? PlannedChange.UNCHANGED : PlannedChange.CHANGED);
    }

    private static String hostOf(DeclaredServer declared) {
        return SuspiciousText.plain(
                URI.create(declared.resourceIdentifiers().get(0)).getHost(), 64);
    }

    private ToolPlan tool(
            DeclaredTool tool, int uses, String serverName, Optional<RegisteredServer> server, Set<String> widened) {
        if (uses > 1) {
            return ToolPlan.refused(tool, "The tool is declared " + uses + " times; which one is meant?");
        }
        Optional<String> problem = AmLimits.problemOfToolKey(tool.key())
                .or(() -> tool.description().flatMap(AmLimits::problemOfDescription));
        if (problem.isPresent()) {
            return ToolPlan.refused(tool, problem.get());
        }
        Optional<RegisteredTool> known = server.flatMap(each -> each.tool(tool.key()));
        List<String> scopes = scopes(tool, serverName, known);
        problem = scopes.stream()
                .flatMap(scope -> AmLimits.problemOfScope(scope).stream())
                .findFirst();
        if (problem.isPresent()) {
            return ToolPlan.refused(tool, problem.get());
        }
        if (isWidening(scopes, known)) {
            if (!options.force()) {
                return ToolPlan.refused(tool, whyNotWidened(scopes));
            }
            widened.addAll(scopes);
        }
        return accepted(tool, known, scopes);
    }

    /** What the tool's name means to the domain's other servers. */
    private ToolPlan besideOthers(ToolPlan tool, Optional<RegisteredServer> server, Set<String> closed) {
        List<RegisteredServer> others = domain.othersWith(tool.key(), server);
        if (others.isEmpty() || names == ToolNames.QUALIFIED) {
            return tool;
        }
        boolean isNew = server.flatMap(known -> known.tool(tool.key())).isEmpty();
        String consequence = names.consequence(tool.key(), others);
        if (!isNew || names == ToolNames.SHARED_OPENED) {
            return tool.warned(consequence);
        }
        closed.add(consequence);
        if (!tool.holds()) {
            return tool.refused(tool.reason().orElse("") + "; it " + consequence + ", too");
        }
        return options.force() ? tool.warned(consequence) : tool.refused(names.refusal(tool.key(), others));
    }

    /** A second server is where names begin to meet; said before they do. */
    private List<String> advice(Optional<RegisteredServer> registered) {
        boolean isSecond = registered.isEmpty() && !domain.servers().isEmpty();
        return isSecond && names != ToolNames.QUALIFIED
                ? List.of("The domain has another MCP server already, and permissions name tools alone. The template "
                        + ToolNames.TEMPLATE + " keeps two servers' tools of one name apart: set it as the engine's"
                        + " toolObject, and move the tuples with amctl tuples qualify")
                : List.of();
    }

    private List<String> scopes(DeclaredTool tool, String serverName, Optional<RegisteredTool> known) {
        if (tool.scopes().isPresent()) {
            return tool.scopes().get();
        }
        return known.isPresent() && !options.template().isChosen()
                ? known.get().scopes()
                : List.of(options.template().scope(serverName, tool));
    }

    private boolean isWidening(List<String> scopes, Optional<RegisteredTool> known) {
        if (known.isPresent() && scopes.containsAll(known.get().scopes())) {
            return false;
        }
        if (known.isEmpty() && scopes.isEmpty()) {
            return false;
        }
        return held.containsAll(scopes);
    }

    private static String whyNotWidened(List<String> scopes) {
        return scopes.isEmpty()
                ? "The tool would need no scope any more, so every token for the server would open it; force=true does"
                        + " it"
                : "Applications may hold " + String.join(", ", scopes) + " already, and would reach this tool without"
                        + " asking the user; give the tool a scope of its own, or use force=true, which withdraws"
                        + " what users approved";
    }

    private static ToolPlan accepted(DeclaredTool tool, Optional<RegisteredTool> known, List<String> scopes) {
        String before = known.map(RegisteredTool::description).orElse("");
        String description = tool.description().map(String::strip).orElse(before);
        boolean sameText = description.equals(before.strip());
        boolean sameScopes =
                known.isPresent() && Set.copyOf(known.get().scopes()).equals(Set.copyOf(scopes));
        PlannedChange change = known.isEmpty()
                ? PlannedChange.ADDED
                : sameText && sameScopes ? PlannedChange.UNCHANGED : PlannedChange.CHANGED;
        List<String> warnings = new ArrayList<>();
        if (known.isPresent() && !sameText) {
            warnings.add("The description changed: read both before you apply this, models act on it");
        }
        if (change != PlannedChange.UNCHANGED) {
            warnings.addAll(SuspiciousText.remarks(description));
        }
        scopes.stream()
                .filter(scope -> scope.length() > AmLimits.MAX_SCOPE)
                .forEach(scope -> warnings.add("The scope " + scope + " is longer than " + AmLimits.MAX_SCOPE
                        + " characters: on a relational database AM cannot store that a user approved it"));
        return new ToolPlan(
                tool.key(),
                description,
                known.isPresent() && !sameText ? Optional.of(before) : Optional.empty(),
                scopes,
                known.isPresent() && !sameScopes ? known.map(RegisteredTool::scopes) : Optional.empty(),
                change,
                Optional.empty(),
                warnings,
                List.of());
    }
}
