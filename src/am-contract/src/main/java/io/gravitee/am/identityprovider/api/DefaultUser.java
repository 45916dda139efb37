package io.gravitee.am.identityprovider.api;

import java.util.Map;

/**
 * AM's own implementation of the principal.
 */
public class DefaultUser implements User {
    private String id;
    private String username;
    private String email;
    private Map<String, Object> additionalInformation;

    public DefaultUser() {}

    public DefaultUser(String username) {
        this.username = username;
    }

    @Override
    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    @Override
    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    @Override
    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    @Override
    public Map<String, Object> getAdditionalInformation() {
        return additionalInformation;
    }

    public void setAdditionalInformation(Map<String, Object> additionalInformation) {
        this.additionalInformation = additionalInformation;
    }
}
