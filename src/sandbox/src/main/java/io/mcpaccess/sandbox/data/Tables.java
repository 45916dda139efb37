package io.mcpaccess.sandbox.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.shared.Database;

/**
 * All tables of the sandbox, typed.
 *
 * @param domains security domains
 * @param users users of the domains, by id
 * @param managementUsers users of the management API, by user name
 * @param scopes OAuth scopes
 * @param applications OAuth clients
 * @param protectedResources MCP servers
 * @param engines authorization engines
 * @param flows flows with their policy steps
 * @param forms pages of the domains' own
 * @param approvals what users approved
 * @param accessTokens issued access tokens, by jti
 * @param refreshTokens refresh tokens that can still be used, by jti
 * @param codes authorization codes that can still be used
 * @param audits the audit log
 */
public record Tables(
        Rows<DomainRow> domains,
        Rows<UserRow> users,
        Rows<ManagementUserRow> managementUsers,
        Rows<ScopeRow> scopes,
        Rows<ApplicationRow> applications,
        Rows<ProtectedResourceRow> protectedResources,
        Rows<EngineRow> engines,
        Rows<FlowRow> flows,
        Rows<FormRow> forms,
        Rows<ApprovalRow> approvals,
        Rows<TokenRow> accessTokens,
        Rows<TokenRow> refreshTokens,
        Rows<CodeRow> codes,
        AuditRows audits) {
    /**
     * Opens the tables.
     *
     * @param database the shared database
     * @param mapper the node's JSON mapper
     * @return typed views
     */
    public static Tables of(Database database, ObjectMapper mapper) {
        return new Tables(
                new Rows<>(database.table("domains"), mapper, DomainRow.class, DomainRow::id),
                new Rows<>(database.table("users"), mapper, UserRow.class, UserRow::id),
                new Rows<>(
                        database.table("management_users"),
                        mapper,
                        ManagementUserRow.class,
                        ManagementUserRow::username),
                new Rows<>(database.table("scopes"), mapper, ScopeRow.class, ScopeRow::id),
                new Rows<>(database.table("applications"), mapper, ApplicationRow.class, ApplicationRow::id),
                new Rows<>(
                        database.table("protected_resources"),
                        mapper,
                        ProtectedResourceRow.class,
                        ProtectedResourceRow::id),
                new Rows<>(database.table("authorization_engines"), mapper, EngineRow.class, EngineRow::id),
                new Rows<>(database.table("flows"), mapper, FlowRow.class, FlowRow::id),
                new Rows<>(database.table("forms"), mapper, FormRow.class, FormRow::id),
                new Rows<>(database.table("scope_approvals"), mapper, ApprovalRow.class, ApprovalRow::id),
                new Rows<>(database.table("access_tokens"), mapper, TokenRow.class, TokenRow::jti),
                new Rows<>(database.table("refresh_tokens"), mapper, TokenRow.class, TokenRow::jti),
                new Rows<>(database.table("authorization_codes"), mapper, CodeRow.class, CodeRow::code),
                new AuditRows(database.table("audits"), mapper));
    }
}
