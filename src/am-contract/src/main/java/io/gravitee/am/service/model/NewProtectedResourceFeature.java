package io.gravitee.am.service.model;

/**
 * A feature to create; the key is 1 to 64 of {@code [a-zA-Z0-9_-]}, checked by the caller.
 */
public class NewProtectedResourceFeature {
    private String key;
    private String description;

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
}
