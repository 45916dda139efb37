package io.gravitee.am.service.model;

/**
 * A feature as it shall be.
 */
public class UpdateProtectedResourceFeature {
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
