package io.mcpaccess.authzen.decision;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.User;
import io.mcpaccess.core.decision.TokenHolder;
import io.mcpaccess.core.decision.TokenState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The claims of a verified access token.
 *
 * @param jwt the token as AM decoded it
 */
record TokenClaims(JWT jwt) {

    /** Longer chains of actors are no use to anybody; the pipeline denies them much earlier. */
    private static final int MAX_ACTORS = 16;

    private static final String SUBJECT_PROFILE = "sub_profile";
    private static final String AGENT_PROFILE = "ai_agent";

    /** The {@code sub} claim. */
    Optional<String> subject() {
        return text("sub");
    }

    /** The {@code jti} claim. */
    Optional<String> id() {
        return text("jti");
    }

    /** The {@code client_id} claim (RFC 9068); AM 4.10 does not set it. */
    Optional<String> clientId() {
        return text("client_id");
    }

    /**
     * The actors of the {@code act} claim, the current one first (RFC 8693, section 4.1).
     *
     * @return the actors, none for a token without the claim; empty where the claim cannot be read
     */
    Optional<List<String>> actors() {
        List<String> actors = new ArrayList<>();
        Object act = jwt.get("act");
        while (act != null) {
            if (!(act instanceof Map<?, ?> actor)
                    || !(actor.get("sub") instanceof String subject)
                    || actors.size() == MAX_ACTORS) {
                return Optional.empty();
            }
            actors.add(subject);
            act = actor.get("act");
        }
        return Optional.of(actors);
    }

    /**
     * Whether the token is an agent's own (AM 4.12 and later): each token of an agent application from the client credentials
     * grant says at the top what kind of subject it has, and no token of a user does. Its subject may be an instance that
     * named itself, like a user for instance, so nobody may be looked up by it.
     */
    boolean isOfAgent() {
        return jwt.containsKey(SUBJECT_PROFILE);
    }

    /** Whether the token has AM's internal subject, which every token of a user has on domains of AM's second version. */
    boolean hasInternalSubject() {
        return jwt.containsKey("gis");
    }

    /**
     * Whether the token is an application's own, from the client credentials grant: its subject is the client. A user's token
     * has the internal subject, or, on domains of AM's first version, another subject.
     */
    boolean isOfApplication(Optional<String> client) {
        return !hasInternalSubject() && client.isPresent() && client.equals(subject());
    }

    TokenState ofAgent(Optional<String> client) {
        return active(new TokenHolder.Agent(), client, subject());
    }

    TokenState ofApplication(Optional<String> client) {
        return active(new TokenHolder.Application(), client, Optional.empty());
    }

    TokenState ofUser(Optional<String> client, User user) {
        if (user.getUsername() == null || isDisabled(user)) {
            return new TokenState.Inactive();
        }
        return active(
                new TokenHolder.User(user.getUsername(), Optional.ofNullable(user.getSource())),
                client,
                agentInstance());
    }

    /** Not every line of AM is known to have this accessor in this form; without it AM's own introspection says enough. */
    private static boolean isDisabled(User user) {
        try {
            return Boolean.FALSE.equals(user.isEnabled());
        } catch (NoSuchMethodError e) {
            return false;
        }
    }

    /**
     * The instance of the agent application that the token was issued to, as AM names it in {@code act}. A token exchange may
     * have put somebody else there, who has no profile of AM's.
     */
    private Optional<String> agentInstance() {
        boolean isOfAgentApplication = text("client_profile")
                .filter(profile -> profile.startsWith(AGENT_PROFILE))
                .isPresent();
        return isOfAgentApplication
                        && jwt.get("act") instanceof Map<?, ?> act
                        && act.containsKey(SUBJECT_PROFILE)
                        && act.get("sub") instanceof String instance
                ? Optional.of(instance)
                : Optional.empty();
    }

    private TokenState active(TokenHolder holder, Optional<String> client, Optional<String> agentInstance) {
        return new TokenState.Active(
                holder,
                subject().orElseThrow(),
                client,
                jwt.getAudList(),
                scopes(),
                Instant.ofEpochSecond(jwt.get("iat") instanceof Number seconds ? seconds.longValue() : 0),
                actors().orElseThrow(),
                agentInstance,
                jwt.containsKey("cnf"));
    }

    private Set<String> scopes() {
        return text("scope").stream()
                .flatMap(scope -> Arrays.stream(scope.trim().split("\\s+")))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toSet());
    }

    private Optional<String> text(String claim) {
        return jwt.get(claim) instanceof String value && !value.isEmpty() ? Optional.of(value) : Optional.empty();
    }

    /** Shows no claim. */
    @Override
    public String toString() {
        return "TokenClaims";
    }
}
