package io.mcpaccess.sandbox.config;

import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ApprovalRow;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.FlowRow;
import io.mcpaccess.sandbox.data.FormRow;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.UserRow;
import java.util.List;

/** A domain as the file declares it, checked and ready to be written. */
record DomainSeed(
        DomainRow domain,
        List<UserRow> users,
        List<ScopeRow> scopes,
        List<ApplicationRow> applications,
        List<ProtectedResourceRow> protectedResources,
        List<EngineRow> engines,
        List<FlowRow> flows,
        List<FormRow> forms,
        List<ApprovalRow> approvals) {
    void writeTo(Tables tables) {
        tables.domains().save(domain);
        users.forEach(tables.users()::save);
        scopes.forEach(tables.scopes()::save);
        applications.forEach(tables.applications()::save);
        protectedResources.forEach(tables.protectedResources()::save);
        engines.forEach(tables.engines()::save);
        flows.forEach(tables.flows()::save);
        forms.forEach(tables.forms()::save);
        approvals.forEach(tables.approvals()::save);
    }
}
