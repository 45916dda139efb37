package io.gravitee.am.model.application;

/**
 * A scope that an application may ask for; {@code scopeApproval} is seconds.
 */
public class ApplicationScopeSettings {
    private String scope;
    private boolean defaultScope;
    private Integer scopeApproval;

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public boolean isDefaultScope() {
        return defaultScope;
    }

    public void setDefaultScope(boolean defaultScope) {
        this.defaultScope = defaultScope;
    }

    public Integer getScopeApproval() {
        return scopeApproval;
    }

    public void setScopeApproval(Integer scopeApproval) {
        this.scopeApproval = scopeApproval;
    }
}
