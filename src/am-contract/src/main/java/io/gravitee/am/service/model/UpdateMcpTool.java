package io.gravitee.am.service.model;

import java.util.List;

/**
 * A tool as it shall be.
 */
public class UpdateMcpTool extends UpdateProtectedResourceFeature {
    private List<String> scopes;

    public List<String> getScopes() {
        return scopes;
    }

    public void setScopes(List<String> scopes) {
        this.scopes = scopes;
    }
}
