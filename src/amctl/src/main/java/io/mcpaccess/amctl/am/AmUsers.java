package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A domain's users and what they approved (AM's UsersResource and UserConsentsResource). AM lists approvals user by user alone. Not for many
 * threads.
 */
public final class AmUsers {

    private final AmClient am;
    private final String path;

    AmUsers(AmClient am, String path) {
        this.am = am;
        this.path = path;
    }

    /**
     * Users of all identity providers.
     *
     * @param most how many at the most
     * @return AM's User list
     */
    public List<JsonNode> list(int most) {
        return AmPages.first(am, path + "/users", most);
    }

    /**
     * What a user approved.
     *
     * @param user AM's id of the user
     * @return AM's ScopeApproval list, with the members {@code clientId}, {@code scope} and {@code status}
     */
    public JsonNode approvals(String user) {
        return am.get(path + "/users/" + AmClient.encoded(user) + "/consents");
    }
}
