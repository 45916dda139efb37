package io.mcpaccess.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.core.authzen.StrictJson;
import io.mcpaccess.registry.am.AdmittedCaller;
import io.mcpaccess.registry.am.CallerRights;
import io.mcpaccess.registry.am.ManagementCaller;
import io.mcpaccess.registry.am.Need;
import io.mcpaccess.registry.am.ServerRegistration;
import io.mcpaccess.registry.plan.DeclarationReader;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.PlanJson;
import io.mcpaccess.registry.plan.PlanOptions;
import io.mcpaccess.registry.plan.ScopeTemplate;
import io.mcpaccess.registry.remote.ImportRequest;
import io.mcpaccess.registry.remote.LiveServers;
import jakarta.ws.rs.core.Response;

/** What the registry writes into AM: servers declared or read from a live one, and scopes. Each call checks the caller's rights first. */
final class ServerWrites {

    private static final Need WRITE_SERVERS = Need.of(Permission.PROTECTED_RESOURCE, Acl.CREATE, Acl.UPDATE);
    private static final Need CREATE_SCOPES = Need.of(Permission.DOMAIN_SCOPE, Acl.CREATE);

    private final CallerRights rights;
    private final ServerRegistration registration;
    private final LiveServers live;
    private final PlannedImpact impact;
    private final StrictJson reader = new StrictJson();

    ServerWrites(CallerRights rights, ServerRegistration registration, LiveServers live, PlannedImpact impact) {
        this.rights = rights;
        this.registration = registration;
        this.live = live;
        this.impact = impact;
    }

    /** Creates a server, or changes the one with the same resource identifier. */
    Response declare(ManagementCaller caller, byte[] content, WriteFlags flags) {
        AdmittedCaller admitted = rights.admit(caller, WRITE_SERVERS, CREATE_SCOPES);
        ObjectNode object = reader.readObject(content);
        DeclaredServer declared = DeclarationReader.read(object);
        ScopeTemplate template =
                ScopeTemplate.of(DeclarationReader.text(object, "scopeTemplate").orElse(null));
        return register(caller, admitted, declared, template, flags);
    }

    /** Registers a server with the tools that it offers now. */
    Response importLive(ManagementCaller caller, byte[] content, WriteFlags flags) {
        AdmittedCaller admitted = rights.admit(caller, WRITE_SERVERS, CREATE_SCOPES);
        ImportRequest request = ImportRequest.read(reader.readObject(content));
        DeclaredServer declared = request.declare(live.tools(request.url(), request.credentials()));
        return register(caller, admitted, declared, request.template(), flags);
    }

    /** Defines a scope for every tool scope of the domain that lacks one. */
    Response defineScopes(ManagementCaller caller, boolean dryRun) {
        AdmittedCaller admitted = rights.admit(caller, Need.LIST_SERVERS, CREATE_SCOPES);
        return planned(registration.defineScopes(admitted, dryRun));
    }

    private Response register(
            ManagementCaller caller,
            AdmittedCaller admitted,
            DeclaredServer declared,
            ScopeTemplate template,
            WriteFlags flags) {
        PlanOptions options = new PlanOptions(template, flags.prune(), flags.force());
        ServerRegistration.Outcome outcome = registration.register(admitted, declared, options, flags.dryRun());
        ObjectNode plan = json(outcome);
        if (flags.dryRun() && flags.impact()) {
            impact.of(caller, outcome.plan(), flags).ifPresent(line -> plan.set("impact", line));
        }
        return answer(outcome, plan);
    }

    private static Response planned(ServerRegistration.Outcome outcome) {
        return answer(outcome, json(outcome));
    }

    private static ObjectNode json(ServerRegistration.Outcome outcome) {
        return PlanJson.write(outcome.plan(), outcome.applied(), outcome.clientSecret());
    }

    private static Response answer(ServerRegistration.Outcome outcome, ObjectNode plan) {
        boolean created = outcome.applied() && outcome.plan().isNewServer();
        return Calls.json(created ? 201 : 200, plan);
    }
}
