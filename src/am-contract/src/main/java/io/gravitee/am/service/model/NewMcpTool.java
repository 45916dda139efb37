package io.gravitee.am.service.model;

import java.util.List;

/**
 * A tool to create.
 */
public class NewMcpTool extends NewProtectedResourceFeature {
    private List<String> scopes;

    public List<String> getScopes() {
        return scopes;
    }

    public void setScopes(List<String> scopes) {
        this.scopes = scopes;
    }
}
