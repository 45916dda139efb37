package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.gravitee.plugin.core.api.PluginManager;
import io.gravitee.plugin.policy.PolicyPlugin;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.FlowRow;
import io.mcpaccess.sandbox.data.StepRow;
import io.mcpaccess.sandbox.management.am.FlowService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** AM's flows of a domain (FlowsResource): read and written as one list. Types are written in lower case, as AM's mapper does. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/flows")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class FlowsResource {
    private static final Permission PERMISSION = Permission.DOMAIN_FLOW;

    private final Access access;
    private final FlowService flows;
    private final PluginManager<PolicyPlugin<?>> policies;

    FlowsResource(Access access, FlowService flows, PluginManager<PolicyPlugin<?>> policies) {
        this.access = access;
        this.flows = flows;
        this.policies = policies;
    }

    /** A flow as it is sent (io.gravitee.am.service.model.Flow). */
    public record FlowBody(
            String id,
            String name,
            Boolean enabled,
            String type,
            String condition,
            List<StepBody> pre,
            List<StepBody> post) {}

    /** A step as it is sent (io.gravitee.am.model.flow.Step). */
    public record StepBody(
            String name, String policy, String description, String configuration, Boolean enabled, String condition) {
        private StepRow row() {
            return new StepRow(name, policy, description, configuration, isOn(enabled), condition);
        }

        @Override
        public String toString() {
            return "StepBody[policy=" + policy + "]";
        }
    }

    /** The flows; who may list but not read sees their names alone. */
    @GET
    public List<Map<String, Object>> list(@Context SecurityContext security, @PathParam("domain") String domain) {
        access.require(security, domain, PERMISSION, Acl.LIST);
        boolean mayRead = access.has(security, PERMISSION, Acl.READ);
        return flows.list(domain).stream().map(row -> json(row, mayRead)).toList();
    }

    /** Makes the domain's flows what the list says. */
    @PUT
    public List<Map<String, Object>> write(
            @Context SecurityContext security, @PathParam("domain") String domain, List<FlowBody> body) {
        access.require(security, domain, PERMISSION, Acl.UPDATE);
        body.forEach(this::requirePolicies);
        List<FlowRow> rows = body.stream().map(flow -> row(domain, flow)).toList();
        return flows.write(domain, rows).stream().map(row -> json(row, true)).toList();
    }

    /** As AM's FlowUtils does it. */
    private void requirePolicies(FlowBody flow) {
        Stream.of(flow.pre(), flow.post())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(StepBody::policy)
                .forEach(policy -> {
                    PolicyPlugin<?> plugin = policies.get(policy);
                    if (plugin == null || !plugin.deployed()) {
                        throw new ManagementFailure(400, "Plugin type " + policy + " not deployed");
                    }
                });
    }

    private static FlowRow row(String domain, FlowBody flow) {
        String type = flow.type() == null ? "" : flow.type().toUpperCase(Locale.ROOT);
        if (flow.name() == null || !FlowService.TYPES.contains(type)) {
            throw new ManagementFailure(400, "[name and type: must not be null]");
        }
        return new FlowRow(
                flow.id(),
                domain,
                0,
                type,
                flow.name(),
                flow.condition(),
                isOn(flow.enabled()),
                steps(flow.pre()),
                steps(flow.post()),
                0,
                0);
    }

    private static List<StepRow> steps(List<StepBody> steps) {
        return steps == null ? null : steps.stream().map(StepBody::row).toList();
    }

    /** Flows and steps are on unless they say no. */
    private static boolean isOn(Boolean enabled) {
        return enabled == null || enabled;
    }

    private static Map<String, Object> json(FlowRow row, boolean mayRead) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("name", row.name());
        json.put("pre", mayRead ? row.pre() : null);
        json.put("post", mayRead ? row.post() : null);
        json.put("enabled", row.enabled());
        json.put("type", mayRead ? row.type().toLowerCase(Locale.ROOT) : null);
        json.put("condition", mayRead ? row.condition() : null);
        json.put("createdAt", row.createdAt() == 0 || !mayRead ? null : row.createdAt());
        json.put("updatedAt", row.updatedAt() == 0 || !mayRead ? null : row.updatedAt());
        return json;
    }
}
