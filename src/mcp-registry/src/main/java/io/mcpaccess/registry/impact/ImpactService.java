package io.mcpaccess.registry.impact;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.am.DomainApplication;
import io.mcpaccess.registry.map.EngineAnswers;
import io.mcpaccess.registry.map.EngineView;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.DomainState;
import io.mcpaccess.registry.plan.Plan;
import io.mcpaccess.registry.plan.PlanOptions;
import io.mcpaccess.registry.plan.PlannedChange;
import io.mcpaccess.registry.plan.Planner;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.ScopeTemplate;
import io.mcpaccess.registry.plan.ServerPlan;
import io.mcpaccess.registry.plan.ToolNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Works out impacts of one engine's domain. Blocks the calling thread: reads AM and the store, then computes. */
public final class ImpactService {

    /** Who asks for an impact waits for the whole store. */
    private static final Duration READING = Duration.ofSeconds(50);

    private final AmDomains domains;
    private final EngineView engine;
    private final LongSupplier nanoTime;

    /**
     * A service.
     *
     * @param domains reads AM
     * @param engine the engine
     * @param nanoTime a clock that never goes back
     */
    public ImpactService(AmDomains domains, EngineView engine, LongSupplier nanoTime) {
        this.domains = domains;
        this.engine = engine;
        this.nanoTime = nanoTime;
    }

    /** A calculation that is ready: everything was read and found valid, so that it cannot fail any more. */
    @FunctionalInterface
    public interface Ready {

        /**
         * Computes.
         *
         * @param progress hears how far it is
         * @return the impact
         */
        Impact run(ImpactProgress progress);
    }

    /**
     * Works an impact out.
     *
     * @param domainId the domain
     * @param request the change
     * @param progress hears how far it is
     * @return the impact
     * @throws RegistryException with status 400 where the change is none, 503 where the store cannot be read
     */
    public Impact impact(String domainId, ImpactRequest request, ImpactProgress progress) {
        return impact(domainId, request, READING, progress);
    }

    /**
     * Works an impact out for somebody who wants it soon or not at all.
     *
     * @param domainId the domain
     * @param request the change
     * @param reading how long the store may be read, in whole seconds
     * @param progress hears how far it is
     * @return the impact
     * @throws RegistryException with status 400 where the change is none, 503 where the store cannot be read in that time
     */
    public Impact impact(String domainId, ImpactRequest request, Duration reading, ImpactProgress progress) {
        return prepare(domainId, request, reading).run(progress);
    }

    /**
     * Reads everything that an impact needs.
     *
     * @param domainId the domain
     * @param request the change
     * @return the calculation
     * @throws RegistryException with status 400 where the change is none, 503 where the store cannot be read
     */
    public Ready prepare(String domainId, ImpactRequest request) {
        return prepare(domainId, request, READING);
    }

    private Ready prepare(String domainId, ImpactRequest request, Duration reading) {
        StoreSnapshot store = EngineAnswers.get(engine.snapshots().take(request.mostTuples()), reading.toSeconds());
        AccessSettings access = request.settings().apply(engine.access());
        List<DomainApplication> applications = domains.applications(domainId);
        List<RegisteredServer> servers = domains.servers(domainId);
        List<String> notes = new ArrayList<>();
        List<RegisteredServer> planned = planned(domainId, servers, request, access, notes);
        ImpactSide before = new ImpactSide(servers, applications, engine.access(), engine.mapping(), store);
        ImpactSide after = new ImpactSide(planned, applications, access, engine.mapping(), edited(store, request));
        Map<String, String> renamed = renamed(request, engine.access().subject(), access.subject());
        if (engine.access().subject() != access.subject()) {
            notes.add(subjectNote(engine.access().subject(), access.subject(), renamed.size()));
        }
        ImpactLimits limits = ImpactLimits.of(request.mostLines(), nanoTime);
        return progress -> {
            Impact impact = new ImpactAnalysis(before, after, request.context(), renamed, limits, progress).run();
            return impact.with(notes);
        };
    }

    private static StoreSnapshot edited(StoreSnapshot store, ImpactRequest request) {
        try {
            return store.edited(request.edit());
        } catch (BackendException e) {
            throw new RegistryException(400, e.getMessage(), e);
        }
    }

    private List<RegisteredServer> planned(
            String domainId,
            List<RegisteredServer> servers,
            ImpactRequest request,
            AccessSettings access,
            List<String> notes) {
        List<RegisteredServer> planned = servers;
        if (request.servers().isEmpty()) {
            return planned;
        }
        DomainState state = domains.state(domainId);
        PlanOptions options = new PlanOptions(ScopeTemplate.of(null), request.prune(), request.force());
        for (DeclaredServer declared : request.servers()) {
            Plan plan = new Planner(
                            new DomainState(planned, state.scopesOfApplications()),
                            domains.scopes(domainId),
                            options,
                            ToolNames.of(access))
                    .plan(declared);
            plan.tools().stream()
                    .filter(tool -> tool.change() == PlannedChange.REFUSED)
                    .forEach(tool -> notes.add("Left out, as it would be refused: " + tool.key() + ": "
                            + tool.reason().orElse("")));
            if (plan.isNewServer() && access.toolObject().isQualified()) {
                notes.add(plan.server().map(ServerPlan::name).orElse("A server")
                        + " is new: permissions can name its tools once it has its client id.");
            }
            planned = with(planned, plan);
        }
        return planned;
    }

    private static List<RegisteredServer> with(List<RegisteredServer> servers, Plan plan) {
        if (plan.server().isEmpty()) {
            return servers;
        }
        ServerPlan server = plan.server().get();
        Optional<RegisteredServer> known = servers.stream()
                .filter(each -> server.id().filter(each.id()::equals).isPresent())
                .findFirst();
        RegisteredServer result = new RegisteredServer(
                server.id().orElse("new " + server.name()),
                server.clientId().orElse(""),
                server.name(),
                server.description(),
                server.resourceIdentifiers(),
                plan.resultingTools(known));
        return Stream.concat(servers.stream().filter(each -> !each.id().equals(result.id())), Stream.of(result))
                .toList();
    }

    private static String subjectNote(SubjectName before, SubjectName after, int known) {
        return "Permissions name users by " + after.wireName() + " and not by " + before.wireName() + " any more. "
                + (known == 0
                        ? "Who is who was not given (people), so every permission of a user is taken for lost."
                        : known + " users are known by both names; permissions of others are taken for lost.");
    }

    private static Map<String, String> renamed(ImpactRequest request, SubjectName before, SubjectName after) {
        Map<String, String> renamed = new HashMap<>();
        if (before != after) {
            request.people()
                    .forEach(person -> name(person, before)
                            .ifPresent(was -> name(person, after).ifPresent(is -> renamed.put(was, is))));
        }
        return renamed;
    }

    private static Optional<String> name(ImpactRequest.Person person, SubjectName by) {
        String name = switch (by) {
            case USERNAME -> person.username();
            case SUB -> person.sub();
            case SOURCE_USERNAME -> person.source() == null ? null : person.source() + "/" + person.username();
        };
        try {
            return Optional.ofNullable(name).map(id -> Identifiers.user("user", id));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
