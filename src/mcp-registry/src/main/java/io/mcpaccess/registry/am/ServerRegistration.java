package io.mcpaccess.registry.am;

import io.gravitee.am.model.ProtectedResourceSecret;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.Plan;
import io.mcpaccess.registry.plan.PlanOptions;
import io.mcpaccess.registry.plan.PlannedChange;
import io.mcpaccess.registry.plan.Planner;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.ScopePlan;
import io.mcpaccess.registry.plan.ScopePlanner;
import io.mcpaccess.registry.plan.ServerPlan;
import io.mcpaccess.registry.plan.ToolNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plans and applies. One at a time in a domain on this node, and each plan is made of what AM has then, so that two
 * imports of one server at once do not duplicate it; between nodes AM's own check of resource identifiers holds, and the
 * slower call plans again.
 */
public final class ServerRegistration {

    private final AmDomains domains;
    private final PlanWriter writer;
    private final DomainLocks locks;
    private final ToolNames names;

    /**
     * Registration on one node.
     *
     * @param domains reads AM
     * @param writer writes AM
     * @param locks one call at a time in a domain
     * @param names what a tool's key means that two servers have
     */
    public ServerRegistration(AmDomains domains, PlanWriter writer, DomainLocks locks, ToolNames names) {
        this.domains = domains;
        this.writer = writer;
        this.locks = locks;
        this.names = names;
    }

    /**
     * What came of a call.
     *
     * @param plan the plan
     * @param applied whether AM is now as it says
     * @param clientSecret the secret of a new server, shown this once
     */
    public record Outcome(Plan plan, boolean applied, Optional<String> clientSecret) {

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Outcome[applied=" + applied + "]";
        }
    }

    /**
     * Registers a server, or says what that would do.
     *
     * @param caller for whom
     * @param declared the server as it should be
     * @param options what the caller allows
     * @param dryRun whether nothing is written
     * @return the plan and what came of it
     */
    public Outcome register(AdmittedCaller caller, DeclaredServer declared, PlanOptions options, boolean dryRun) {
        if (dryRun) {
            return new Outcome(plan(caller, declared, options), false, Optional.empty());
        }
        return locks.inDomain(caller.domain().getId(), () -> applied(caller, declared, options));
    }

    private Plan plan(AdmittedCaller caller, DeclaredServer declared, PlanOptions options) {
        String domainId = caller.domain().getId();
        return new Planner(domains.state(domainId), domains.scopes(domainId), options, names).plan(declared);
    }

    private Outcome applied(AdmittedCaller caller, DeclaredServer declared, PlanOptions options) {
        Plan plan = plan(caller, declared, options);
        writer.defineScopes(caller, plan);
        if (!plan.isNewServer()) {
            return updated(caller, plan);
        }
        ProtectedResourceSecret created;
        try {
            created = writer.create(caller, plan);
        } catch (RegistryException e) {
            Plan again = plan(caller, declared, options);
            if (again.isNewServer()) {
                throw e;
            }
            writer.defineScopes(caller, again);
            return updated(caller, again);
        }
        writer.withdrawAfterCreation(caller, plan);
        return new Outcome(named(plan, created), true, Optional.ofNullable(created.getClientSecret()));
    }

    private Outcome updated(AdmittedCaller caller, Plan plan) {
        if (plan.changesServer()) {
            String id = plan.server().flatMap(ServerPlan::id).orElseThrow();
            RegisteredServer registered = domains.server(caller.domain().getId(), id);
            writer.update(caller, plan, registered);
        }
        return new Outcome(plan, true, Optional.empty());
    }

    private static Plan named(Plan plan, ProtectedResourceSecret created) {
        return plan.withServer(plan.server()
                .map(server -> new ServerPlan(
                        Optional.ofNullable(created.getId()),
                        server.name(),
                        Optional.ofNullable(created.getClientId()),
                        server.description(),
                        server.resourceIdentifiers(),
                        PlannedChange.ADDED))
                .orElseThrow());
    }

    /**
     * Defines a scope for every tool scope of the domain that lacks one.
     *
     * @param caller for whom
     * @param dryRun whether nothing is written
     * @return a plan about scopes alone
     */
    public Outcome defineScopes(AdmittedCaller caller, boolean dryRun) {
        Supplier<Plan> plan = () -> scopes(caller.domain().getId());
        if (dryRun) {
            return new Outcome(plan.get(), false, Optional.empty());
        }
        return locks.inDomain(caller.domain().getId(), () -> {
            Plan current = plan.get();
            writer.defineScopes(caller, current);
            return new Outcome(current, true, Optional.empty());
        });
    }

    private Plan scopes(String domainId) {
        ScopePlanner planner = new ScopePlanner(domains.scopes(domainId));
        Map<String, ScopePlan> scopes = new LinkedHashMap<>();
        for (RegisteredServer server : domains.servers(domainId)) {
            List<RegisteredTool> tools = server.tools();
            planner.plan(server.name(), tools, Map.of()).forEach(scope -> scopes.putIfAbsent(scope.key(), scope));
        }
        return Plan.ofScopes(List.copyOf(scopes.values()));
    }
}
