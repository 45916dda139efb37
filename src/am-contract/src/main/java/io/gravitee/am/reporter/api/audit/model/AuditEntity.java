package io.gravitee.am.reporter.api.audit.model;

/**
 * Who did something, in an audit entry.
 */
public class AuditEntity {
    private String id;
    private String displayName;

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }
}
