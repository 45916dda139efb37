package io.mcpaccess.sandbox.am;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourceFeature;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.model.User;
import io.gravitee.am.model.UserId;
import io.gravitee.am.model.application.ApplicationScopeSettings;
import io.gravitee.am.model.application.ApplicationSecretSettings;
import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ApprovalRow;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.data.SecretRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.ToolRow;
import io.mcpaccess.sandbox.data.UserRow;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Makes AM's model objects from rows. A new object each time: AM's are mutable. */
public final class AmModels {
    /** The environment that AM's console and tests use. */
    public static final String ENVIRONMENT = "DEFAULT";

    private AmModels() {}

    /** AM's domain. */
    public static Domain domain(DomainRow row) {
        Domain domain = new Domain(row.id());
        domain.setHrid(row.hrid());
        domain.setName(row.name());
        domain.setPath(row.path());
        domain.setEnabled(true);
        domain.setReferenceType(ReferenceType.ENVIRONMENT);
        domain.setReferenceId(ENVIRONMENT);
        return domain;
    }

    /** AM's client of an application. */
    public static Client client(ApplicationRow row) {
        Client client = row.agent() == null ? new Client() : new AgentClient(row.agent());
        client.setId(row.id());
        client.setClientId(row.clientId());
        client.setClientName(row.name());
        client.setDomain(row.domain());
        client.setEnabled(row.enabled());
        client.setFlowsInherited(row.flowsInherited());
        client.setClientSecrets(secrets(row.secrets()));
        client.setSecretSettings(secretSettings());
        client.setScopeSettings(
                row.scopes().stream().map(AmModels::scopeSettings).toList());
        client.setAuthorizedGrantTypes(new ArrayList<>(row.grantTypes()));
        client.setAutoApproveScopes(new ArrayList<>(row.autoApproveScopes()));
        client.setRedirectUris(new ArrayList<>(row.redirectUris()));
        client.setResponseTypes(List.of("code"));
        client.setTokenEndpointAuthMethod(row.secrets().isEmpty() ? "none" : "client_secret_basic");
        return client;
    }

    /** AM's user. */
    public static User user(UserRow row) {
        User user = new User();
        user.setId(row.id());
        user.setExternalId(row.externalId());
        user.setSource(row.source());
        user.setUsername(row.username());
        user.setDisplayName(row.username());
        user.setEmail(row.email());
        user.setEnabled(row.enabled());
        user.setReferenceType(ReferenceType.DOMAIN);
        user.setReferenceId(row.domain());
        return user;
    }

    /** AM's scope. */
    public static Scope scope(ScopeRow row) {
        Scope scope = new Scope(row.key());
        scope.setId(row.id());
        scope.setName(row.name());
        scope.setDescription(row.description());
        scope.setIconUri(row.iconUri());
        scope.setDomain(row.domain());
        scope.setSystem(row.system());
        scope.setExpiresIn(row.expiresIn());
        scope.setDiscovery(row.discovery());
        scope.setParameterized(row.parameterized());
        scope.setCreatedAt(new Date(row.createdAt()));
        scope.setUpdatedAt(new Date(row.updatedAt()));
        return scope;
    }

    /** AM's protected resource with its tools. */
    public static ProtectedResource protectedResource(ProtectedResourceRow row) {
        ProtectedResource resource = protectedResourceWithoutFeatures(row);
        resource.setFeatures(row.tools().stream().map(AmModels::tool).toList());
        return resource;
    }

    /** AM's protected resource as JDBC lists it: features are null, which means not loaded. */
    public static ProtectedResource protectedResourceWithoutFeatures(ProtectedResourceRow row) {
        ProtectedResource resource = new ProtectedResource();
        resource.setId(row.id());
        resource.setName(row.name());
        resource.setDescription(row.description());
        resource.setClientId(row.clientId());
        resource.setDomainId(row.domain());
        resource.setType(ProtectedResource.Type.MCP_SERVER);
        resource.setResourceIdentifiers(List.copyOf(row.resourceIdentifiers()));
        resource.setClientSecrets(secrets(row.secrets()));
        resource.setSecretSettings(secretSettings());
        resource.setCreatedAt(new Date(row.createdAt()));
        resource.setUpdatedAt(new Date(row.updatedAt()));
        return resource;
    }

    /** AM's authorization engine. */
    public static AuthorizationEngine engine(EngineRow row) {
        AuthorizationEngine engine = new AuthorizationEngine();
        engine.setId(row.id());
        engine.setName(row.name());
        engine.setType(row.type());
        engine.setConfiguration(row.configuration());
        engine.setReferenceType(ReferenceType.DOMAIN);
        engine.setReferenceId(row.domain());
        engine.setCreatedAt(new Date(row.createdAt()));
        engine.setUpdatedAt(new Date(row.updatedAt()));
        return engine;
    }

    /** AM's scope approval. */
    public static ScopeApproval approval(ApprovalRow row) {
        ScopeApproval approval = new ScopeApproval(
                row.transactionId(),
                new UserId(row.userId(), row.externalId(), row.source()),
                row.clientId(),
                row.domain(),
                row.scope(),
                ScopeApproval.ApprovalStatus.valueOf(row.status()));
        approval.setId(row.id());
        approval.setExpiresAt(new Date(row.expiresAt()));
        approval.setCreatedAt(row.createdAt() == null ? null : new Date(row.createdAt()));
        approval.setUpdatedAt(new Date(row.updatedAt()));
        return approval;
    }

    private static McpTool tool(ToolRow row) {
        McpTool tool = new McpTool();
        tool.setKey(row.key());
        tool.setDescription(row.description());
        tool.setType(ProtectedResourceFeature.Type.MCP_TOOL);
        tool.setScopes(List.copyOf(row.scopes()));
        tool.setCreatedAt(new Date(row.createdAt()));
        tool.setUpdatedAt(new Date(row.updatedAt()));
        return tool;
    }

    private static ApplicationScopeSettings scopeSettings(String scope) {
        ApplicationScopeSettings settings = new ApplicationScopeSettings();
        settings.setScope(scope);
        return settings;
    }

    private static List<ClientSecret> secrets(List<SecretRow> rows) {
        return rows.stream().map(AmModels::secret).toList();
    }

    private static ClientSecret secret(SecretRow row) {
        ClientSecret secret = new ClientSecret();
        secret.setId(row.id());
        secret.setName("Default");
        secret.setSecret(row.hash());
        secret.setSettingsId(Secrets.ALGORITHM);
        secret.setExpiresAt(row.expiresAt() == null ? null : new Date(row.expiresAt()));
        return secret;
    }

    private static List<ApplicationSecretSettings> secretSettings() {
        ApplicationSecretSettings settings = new ApplicationSecretSettings();
        settings.setId(Secrets.ALGORITHM);
        settings.setAlgorithm(Secrets.ALGORITHM);
        settings.setProperties(Map.of());
        return List.of(settings);
    }
}
