package io.gravitee.am.model;

import java.util.List;

/**
 * A role of a user, with the OAuth scopes it carries.
 */
public class Role {
    private String id;
    private String name;
    private List<String> oauthScopes;

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public List<String> getOauthScopes() {
        return oauthScopes;
    }

    public void setOauthScopes(List<String> oauthScopes) {
        this.oauthScopes = oauthScopes;
    }
}
