package io.mcpaccess.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.openfga.SnapshotSource;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.registry.am.AdmittedCaller;
import io.mcpaccess.registry.am.CallerRights;
import io.mcpaccess.registry.am.ManagementCaller;
import io.mcpaccess.registry.am.ViewAudit;
import io.mcpaccess.registry.impact.Impact;
import io.mcpaccess.registry.impact.ImpactLimits;
import io.mcpaccess.registry.impact.ImpactProgress;
import io.mcpaccess.registry.impact.ImpactRequest;
import io.mcpaccess.registry.impact.ImpactService;
import io.mcpaccess.registry.impact.ImpactWords;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.DeclaredTool;
import io.mcpaccess.registry.plan.Plan;
import io.mcpaccess.registry.plan.PlannedChange;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.ServerPlan;
import io.mcpaccess.registry.plan.ToolHints;
import io.mcpaccess.registry.plan.ToolPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/**
 * Who would gain and who would lose which call by a plan that is only looked at: one line of it. A plan is worth having without, so
 * whatever keeps the line from coming is said in its place: rights that the caller lacks, a store that cannot be read, too little time.
 */
final class PlannedImpact {

    /** Somebody waits for the plan. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final CallerRights rights;
    private final ImpactService impact;
    private final ViewAudit audit;
    private final LongSupplier nanoTime;

    PlannedImpact(CallerRights rights, ImpactService impact, ViewAudit audit, LongSupplier nanoTime) {
        this.rights = rights;
        this.impact = impact;
        this.audit = audit;
        this.nanoTime = nanoTime;
    }

    /** The line, {@code {summary, notes?}} or {@code {notes}}; empty where the plan changes nothing that a call depends on. */
    Optional<ObjectNode> of(ManagementCaller caller, Plan plan, WriteFlags flags) {
        if (plan.server().isEmpty() || !plan.changesServer()) {
            return Optional.empty();
        }
        try {
            AdmittedCaller admitted = rights.admit(caller, ImpactResource.needs());
            audit.viewed(admitted, caller.engineId(), "impact", Map.of("servers", "1"));
            return Optional.of(
                    told(impact.impact(admitted.domain().getId(), request(plan, flags), LONGEST, untilLate())));
        } catch (RegistryException e) {
            return Optional.of(without(e.getMessage()));
        } catch (CancellationException e) {
            return Optional.of(without("It takes more than " + LONGEST.toSeconds() + " seconds: ask impact itself."));
        }
    }

    private ImpactProgress untilLate() {
        long end = nanoTime.getAsLong() + LONGEST.toNanos();
        return percent -> {
            if (nanoTime.getAsLong() - end > 0) {
                throw new CancellationException();
            }
        };
    }

    private static ObjectNode told(Impact impact) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("summary", ImpactWords.summary(impact));
        if (!impact.notes().isEmpty()) {
            impact.notes().forEach(json.putArray("notes")::add);
        }
        return json;
    }

    private static ObjectNode without(String why) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("notes").add("Who gains and who loses could not be worked out: " + why);
        return json;
    }

    /** What the plan makes of the server: scopes are as the plan has them, and what it refuses and removes is left out. */
    private static ImpactRequest request(Plan plan, WriteFlags flags) {
        ServerPlan server = plan.server().orElseThrow();
        List<DeclaredTool> tools = plan.tools().stream()
                .filter(tool -> tool.change() != PlannedChange.REFUSED && tool.change() != PlannedChange.REMOVED)
                .map(PlannedImpact::declared)
                .toList();
        DeclaredServer declared = new DeclaredServer(
                Optional.of(server.name()), Optional.empty(), server.resourceIdentifiers(), false, tools);
        return new ImpactRequest(
                StoreEdit.NONE,
                List.of(declared),
                flags.prune(),
                flags.force(),
                settings -> settings,
                Map.of(),
                List.of(),
                SnapshotSource.MOST_TUPLES,
                ImpactLimits.LINES);
    }

    private static DeclaredTool declared(ToolPlan tool) {
        return new DeclaredTool(
                tool.key(), Optional.of(tool.description()), Optional.of(tool.scopes()), ToolHints.NONE);
    }
}
