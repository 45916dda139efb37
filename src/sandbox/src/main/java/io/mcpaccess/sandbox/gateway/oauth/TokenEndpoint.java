package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.ExecutionContext;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.mcpaccess.sandbox.gateway.flow.Flows;
import io.mcpaccess.sandbox.gateway.flow.Flows.ExtensionPoint;
import io.mcpaccess.sandbox.gateway.flow.OAuth2Request;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /oauth/token}: the client, the grant, the policies at TOKEN pre, the tokens, the policies at TOKEN post. */
final class TokenEndpoint implements Handler<RoutingContext> {
    private final SecurityDomain domain;
    private final ClientAuthentication clients;
    private final Grants grants;
    private final TokenFactory tokens;
    private final Flows flows;
    private final PossessionProofs proofs;

    TokenEndpoint(
            SecurityDomain domain, ClientAuthentication clients, Grants grants, TokenFactory tokens, Flows flows) {
        this.domain = domain;
        this.clients = clients;
        this.grants = grants;
        this.tokens = tokens;
        this.flows = flows;
        this.proofs = new PossessionProofs(domain.base() + "/oauth/token", domain.clock());
    }

    @Override
    public void handle(RoutingContext context) {
        clients.authenticate(context)
                .compose(client -> issue(client, Http.form(context), proofs.thumbprint(context)))
                .onSuccess(body -> Http.json(context, 200, body))
                .onFailure(cause -> Http.fail(context, cause));
    }

    private Future<Map<String, Object>> issue(Client client, Map<String, List<String>> parameters, String thumbprint) {
        Grant grant = grants.read(client, parameters);
        OAuth2Request request = new OAuth2Request(
                domain.clock().millis(),
                parameters,
                grant.type(),
                client.getClientId(),
                tokens.subject(client, grant),
                grant.scopes(),
                grant.resources(),
                grant.refreshToken(),
                grant.exchange() == null ? null : grant.exchange().act());
        return flows.run(ExtensionPoint.PRE_TOKEN, client, request, attributes(client, grant))
                .compose(before -> {
                    Map<String, Object> body = tokens.issue(client, grant, request, before, thumbprint);
                    return flows.run(ExtensionPoint.POST_TOKEN, client, request, before.getAttributes())
                            .map(after -> body);
                });
    }

    /** AM does not look the user of an exchange up: it makes one of the subject token's claims (TokenExchangeServiceImpl). */
    private static User madeUp(Grant grant) {
        User user = new User();
        user.setId(grant.exchange().sub());
        user.setUsername(grant.exchange().sub());
        if (grant.user() != null) {
            user.setSource(grant.user().source());
            user.setExternalId(grant.user().externalId());
        }
        return user;
    }

    private Map<String, Object> attributes(Client client, Grant grant) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(ConstantKeys.CLIENT_CONTEXT_KEY, client);
        if (grant.exchange() != null) {
            attributes.put(ConstantKeys.USER_CONTEXT_KEY, madeUp(grant));
        } else if (grant.user() != null) {
            attributes.put(ConstantKeys.USER_CONTEXT_KEY, AmModels.user(grant.user()));
        }
        attributes.put("domain", AmModels.domain(domain.row()));
        attributes.put(ExecutionContext.ATTR_CONTEXT_PATH, domain.row().path());
        return attributes;
    }
}
