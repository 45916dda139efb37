package io.mcpaccess.openfga;

import java.util.List;

/**
 * The users that a query found.
 *
 * @param users each as {@code type:id}, encoded, without repeats, in no order that means anything
 * @param everyone whether the store named all users of the type ({@code type:*}), who are then not all in the list
 * @param truncated whether the search ended at a limit or a deadline, so that there may be more
 */
public record FoundUsers(List<String> users, boolean everyone, boolean truncated) {

    /** Takes a copy of the list. */
    public FoundUsers {
        users = List.copyOf(users);
    }
}
