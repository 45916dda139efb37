package io.mcpaccess.policy;

import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import java.util.List;

/**
 * Who would call tools with the token that AM is about to make.
 *
 * @param user the user, or {@code null} where the token is the application's own (RFC 6749, section 4.4)
 * @param client the application that the token is made for
 * @param actors the subjects of the {@code act} claim, the current actor first (RFC 8693, section 4.1)
 */
record TokenParty(User user, Client client, List<String> actors) {

    /** Copies what it is given. */
    TokenParty {
        actors = List.copyOf(actors);
    }
}
