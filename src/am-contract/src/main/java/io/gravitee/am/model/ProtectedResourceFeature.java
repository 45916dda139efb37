package io.gravitee.am.model;

import java.util.Date;

/**
 * A feature of a protected resource. {@code createdAt} survives updates, {@code updatedAt} is bumped by any.
 */
public class ProtectedResourceFeature {
    private String key;
    private String description;
    private Type type;
    private Date createdAt;
    private Date updatedAt;

    /** AM knows one kind. */
    public enum Type {
        MCP_TOOL
    }

    public String getKey() {
        return key;
    }

    public void setKey(String key) {
        this.key = key;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public Type getType() {
        return type;
    }

    public void setType(Type type) {
        this.type = type;
    }

    public Date getCreatedAt() {
        return createdAt;
    }

    public void setCreatedAt(Date createdAt) {
        this.createdAt = createdAt;
    }

    public Date getUpdatedAt() {
        return updatedAt;
    }

    public void setUpdatedAt(Date updatedAt) {
        this.updatedAt = updatedAt;
    }
}
