package io.mcpaccess.registry.am;

import io.gravitee.am.model.ProtectedResourceSecret;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.am.service.ProtectedResourceService;
import io.gravitee.am.service.ScopeService;
import io.gravitee.am.service.exception.AbstractManagementException;
import io.gravitee.am.service.model.NewMcpTool;
import io.gravitee.am.service.model.NewProtectedResource;
import io.gravitee.am.service.model.NewProtectedResourceFeature;
import io.gravitee.am.service.model.NewScope;
import io.gravitee.am.service.model.PatchProtectedResource;
import io.gravitee.am.service.model.UpdateMcpTool;
import io.gravitee.am.service.model.UpdateProtectedResourceFeature;
import io.mcpaccess.registry.plan.Plan;
import io.mcpaccess.registry.plan.PlannedChange;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.ScopePlan;
import io.mcpaccess.registry.plan.ServerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a plan through AM's services, so that AM audits it and gateways hear of it. Scopes come first: a tool whose scope
 * nobody defined would stand on the consent page with a bare key, and AM refuses the next update of its server. A write
 * that fails half way is repaired by doing the same again.
 */
public final class PlanWriter {

    private final AmServices services;

    /**
     * A writer of one node.
     *
     * @param services AM's services
     */
    public PlanWriter(AmServices services) {
        this.services = services;
    }

    /**
     * Defines the scopes of a plan that are new.
     *
     * @param caller for whom
     * @param plan the plan
     * @throws RegistryException if AM refuses one; the message says which were defined before it
     */
    public void defineScopes(AdmittedCaller caller, Plan plan) {
        List<String> done = new ArrayList<>();
        for (ScopePlan scope : plan.newScopes()) {
            try {
                define(caller, scope);
                done.add(scope.key());
            } catch (RuntimeException e) {
                throw halfDone("The scope " + scope.key() + " was not defined", e, done);
            }
        }
    }

    private void define(AdmittedCaller caller, ScopePlan plan) {
        ScopeService scopes = services.need(ScopeService.class);
        NewScope scope = new NewScope();
        scope.setKey(plan.key());
        scope.setName(plan.name());
        scope.setDescription(plan.description());
        try {
            Await.get(scopes.create(caller.domain(), scope, caller.user()));
        } catch (AbstractManagementException e) {
            boolean othersWereFaster = Await.get(
                            scopes.findByDomainAndKey(caller.domain().getId(), plan.key()))
                    .isPresent();
            if (!othersWereFaster) {
                throw e;
            }
        }
    }

    /**
     * Creates the server of a plan.
     *
     * @param caller for whom
     * @param plan a plan with a new server, its scopes defined
     * @return AM's answer with the raw secret
     * @throws RegistryException if AM refuses it; the message says what was done before
     */
    public ProtectedResourceSecret create(AdmittedCaller caller, Plan plan) {
        ServerPlan server = plan.server().orElseThrow();
        NewProtectedResource resource = new NewProtectedResource();
        resource.setName(server.name());
        resource.setDescription(server.description());
        resource.setResourceIdentifiers(server.resourceIdentifiers());
        resource.setType("MCP_SERVER");
        resource.setFeatures(plan.resultingTools(Optional.empty()).stream()
                .map(PlanWriter::newTool)
                .toList());
        try {
            withdraw(caller, plan);
            return Await.get(
                    services.need(ProtectedResourceService.class).create(caller.domain(), caller.user(), resource));
        } catch (RuntimeException e) {
            throw halfDone("The MCP server was not created", e, scopesOf(plan));
        }
    }

    /**
     * Changes a registered server.
     *
     * @param caller for whom
     * @param plan a plan that changes it, its scopes defined
     * @param registered the server as it is
     * @throws RegistryException if AM refuses it; the message says what was done before
     */
    public void update(AdmittedCaller caller, Plan plan, RegisteredServer registered) {
        ServerPlan server = plan.server().orElseThrow();
        PatchProtectedResource patch = new PatchProtectedResource();
        if (server.change() == PlannedChange.CHANGED) {
            patch.setName(Optional.of(server.name()));
            patch.setDescription(Optional.of(server.description()));
            patch.setResourceIdentifiers(Optional.of(server.resourceIdentifiers()));
        }
        if (plan.changesTools()) {
            patch.setFeatures(Optional.of(plan.resultingTools(Optional.of(registered)).stream()
                    .map(PlanWriter::updatedTool)
                    .toList()));
        }
        try {
            withdraw(caller, plan);
            Await.get(services.need(ProtectedResourceService.class)
                    .patch(caller.domain(), registered.id(), patch, caller.user()));
        } catch (RuntimeException e) {
            throw halfDone("The MCP server was not changed", e, scopesOf(plan));
        }
        withdrawAfter("changed", caller, plan);
    }

    /**
     * Withdraws what users approved while a server was created.
     *
     * @param caller for whom
     * @param plan the plan that is done
     * @throws RegistryException if that fails; the message says what to do
     */
    public void withdrawAfterCreation(AdmittedCaller caller, Plan plan) {
        withdrawAfter("created; its client secret is not shown any more, renew it in AM", caller, plan);
    }

    /** A repeated call would find nothing left to change, and withdraw nothing. */
    private void withdrawAfter(String done, AdmittedCaller caller, Plan plan) {
        try {
            withdraw(caller, plan);
        } catch (RuntimeException e) {
            throw new RegistryException(
                    500,
                    "The MCP server was " + done + ". What users approved in between for the scopes "
                            + String.join(", ", plan.widened())
                            + " could not be withdrawn, see AM's log: revoke these consents in AM.",
                    e);
        }
    }

    /**
     * Takes back what users approved for scopes that open another tool now. Done before the change, so that a failure leaves
     * nothing widened, and again after it, for what was approved in between.
     */
    private void withdraw(AdmittedCaller caller, Plan plan) {
        for (String scope : plan.widened()) {
            Await.done(services.need(DataPlaneRegistry.class)
                    .getScopeApprovalRepository(caller.domain())
                    .deleteByDomainAndScopeKey(caller.domain().getId(), scope));
        }
    }

    private static NewProtectedResourceFeature newTool(RegisteredTool tool) {
        NewMcpTool feature = new NewMcpTool();
        feature.setKey(tool.key());
        feature.setDescription(tool.description());
        feature.setScopes(tool.scopes());
        return feature;
    }

    private static UpdateProtectedResourceFeature updatedTool(RegisteredTool tool) {
        UpdateMcpTool feature = new UpdateMcpTool();
        feature.setKey(tool.key());
        feature.setDescription(tool.description());
        feature.setScopes(tool.scopes());
        return feature;
    }

    private static List<String> scopesOf(Plan plan) {
        return plan.newScopes().stream().map(ScopePlan::key).toList();
    }

    private static RegistryException halfDone(String what, RuntimeException cause, List<String> scopesDefined) {
        String done = scopesDefined.isEmpty()
                ? " Nothing was changed."
                : " Done before it: the scopes " + String.join(", ", scopesDefined)
                        + " were defined. Repeat the call to finish.";
        if (cause instanceof AbstractManagementException refused) {
            return new RegistryException(
                    refused.getHttpStatusCode(), what + ": " + refused.getMessage() + "." + done, cause);
        }
        if (cause instanceof RegistryException known) {
            return new RegistryException(known.status(), what + ": " + known.getMessage() + done, cause);
        }
        return new RegistryException(500, what + ": AM failed, see its log." + done, cause);
    }
}
