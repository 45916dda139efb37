package io.mcpaccess.policy;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who would call tools with the token that AM is about to make. At a token exchange AM (since 4.11) gives a user that
 * it made of the subject token's claims, named by the {@code sub}; the user's own record is looked up, as it is at the call.
 */
final class TokenParties {

    /** The claim in which AM's tokens name identity provider and user. */
    private static final String INTERNAL_SUB = "gis";

    private final AmRequests requests;
    private final Request request;
    private final ExecutionContext context;

    /**
     * A request.
     *
     * @param requests reads AM's request
     * @param request AM's {@code OAuth2Request}
     * @param context the flow's attributes and AM's beans
     */
    TokenParties(AmRequests requests, Request request, ExecutionContext context) {
        this.requests = requests;
        this.request = request;
        this.context = context;
    }

    /**
     * Finds them.
     *
     * @return who it is; fails with a {@link DoubtException} where AM does not say
     */
    Single<TokenParty> find() {
        return Single.defer(() -> {
            if (!(context.getAttribute(ConstantKeys.CLIENT_CONTEXT_KEY) instanceof Client client)) {
                throw unknown();
            }
            Optional<String> agent = requests.agent(client);
            List<String> actors = actors(agent);
            Object user = context.getAttribute(ConstantKeys.USER_CONTEXT_KEY);
            GrantType grant = GrantType.of(requests.text(request, "getGrantType"));
            if (user == null && grant == GrantType.CLIENT_CREDENTIALS) {
                return Single.just(new TokenParty(null, client, agent, actors));
            }
            if (!(user instanceof User known)) {
                throw unknown();
            }
            return grant == GrantType.TOKEN_EXCHANGE
                    ? exchanged(known, client, agent, actors)
                    : Single.just(new TokenParty(known, client, agent, actors));
        });
    }

    /** AM names an agent application as the actor of each of its tokens that names none (its class {@code TokenServiceImpl}). */
    private List<String> actors(Optional<String> agent) {
        List<String> actors = requests.actors(request);
        return actors.isEmpty() ? agent.map(List::of).orElse(List.of()) : actors;
    }

    private Single<TokenParty> exchanged(User made, Client client, Optional<String> agent, List<String> actors) {
        SubjectManager subjects = context.getComponent(SubjectManager.class);
        Optional<String> internalSub = internalSub(made, subjects);
        if (internalSub.isEmpty()) {
            // A token without it is a client's own, and counts as such for that client alone.
            return client.getClientId().equals(made.getId())
                    ? Single.just(new TokenParty(null, client, agent, actors))
                    : Single.error(unknown());
        }
        JWT claims = new JWT(Map.of("sub", made.getId(), INTERNAL_SUB, internalSub.get()));
        return subjects.findUserBySub(claims)
                .switchIfEmpty(Single.error(TokenParties::unknown))
                .map(user -> new TokenParty(user, client, agent, actors));
    }

    private static Optional<String> internalSub(User made, SubjectManager subjects) {
        Object claim = made.getAdditionalInformation() == null
                ? null
                : made.getAdditionalInformation().get(INTERNAL_SUB);
        if (claim instanceof String text && !text.isEmpty()) {
            return Optional.of(text);
        }
        return made.getSource() == null || made.getExternalId() == null
                ? Optional.empty()
                : Optional.of(subjects.generateInternalSubFrom(made.getFullId()));
    }

    private static DoubtException unknown() {
        return new DoubtException("subject_unknown", "AM names neither a user nor a client for this token.");
    }
}
