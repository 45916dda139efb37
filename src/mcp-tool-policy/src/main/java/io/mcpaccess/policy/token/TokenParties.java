package io.mcpaccess.policy.token;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.policy.am.DoubtException;
import io.mcpaccess.policy.am.GrantType;
import io.mcpaccess.policy.am.StepRun;
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

    private final StepRun run;

    /**
     * A request.
     *
     * @param run the request
     */
    TokenParties(StepRun run) {
        this.run = run;
    }

    /**
     * Finds them.
     *
     * @return who it is; fails with a {@link DoubtException} where AM does not say
     */
    Single<TokenParty> find() {
        return Single.defer(() -> {
            Client client = run.client().orElseThrow(TokenParties::unknown);
            Optional<String> agent = run.requests().agent(client);
            List<String> actors = actors(agent);
            Optional<User> user = run.user();
            GrantType grant = run.grantType();
            if (user.isEmpty() && grant == GrantType.CLIENT_CREDENTIALS) {
                return Single.just(new TokenParty(null, client, agent, actors));
            }
            User known = user.orElseThrow(TokenParties::unknown);
            return grant == GrantType.TOKEN_EXCHANGE
                    ? exchanged(known, client, agent, actors)
                    : Single.just(new TokenParty(known, client, agent, actors));
        });
    }

    /** AM names an agent application as the actor of each of its tokens that names none (its class {@code TokenServiceImpl}). */
    private List<String> actors(Optional<String> agent) {
        List<String> actors = run.requests().actors(run.request());
        return actors.isEmpty() ? agent.map(List::of).orElse(List.of()) : actors;
    }

    private Single<TokenParty> exchanged(User made, Client client, Optional<String> agent, List<String> actors) {
        SubjectManager subjects = run.bean(SubjectManager.class);
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
