package io.mcpaccess.sandbox.data;

import java.util.List;

/**
 * A user of the management API.
 *
 * @param username user name
 * @param passwordHash BCrypt hash
 * @param permissions AM permission names with an optional acl, such as PROTECTED_RESOURCE or DOMAIN_SCOPE[READ]; a star for all
 */
public record ManagementUserRow(String username, String passwordHash, List<String> permissions) {
    @Override
    public String toString() {
        return "ManagementUserRow[username=" + username + ", permissions=" + permissions + "]";
    }
}
