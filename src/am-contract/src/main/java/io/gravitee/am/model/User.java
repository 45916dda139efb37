package io.gravitee.am.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An end user. {@code username} is unique in one identity provider ({@code source}) only.
 */
public class User {
    private String id;
    private String externalId;
    private String username;
    private String email;
    private String displayName;
    private String source;
    private ReferenceType referenceType;
    private String referenceId;
    private Boolean enabled = true;
    private List<String> roles;
    private List<String> dynamicRoles;
    private List<String> groups;
    private List<String> dynamicGroups;
    private Set<Role> rolesPermissions;
    private Map<String, Object> additionalInformation;

    public UserId getFullId() {
        return new UserId(id, externalId, source);
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getExternalId() {
        return externalId;
    }

    public void setExternalId(String externalId) {
        this.externalId = externalId;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    public ReferenceType getReferenceType() {
        return referenceType;
    }

    public void setReferenceType(ReferenceType referenceType) {
        this.referenceType = referenceType;
    }

    public String getReferenceId() {
        return referenceId;
    }

    public void setReferenceId(String referenceId) {
        this.referenceId = referenceId;
    }

    public Boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(Boolean enabled) {
        this.enabled = enabled;
    }

    public List<String> getRoles() {
        return roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = roles;
    }

    public List<String> getDynamicRoles() {
        return dynamicRoles;
    }

    public void setDynamicRoles(List<String> dynamicRoles) {
        this.dynamicRoles = dynamicRoles;
    }

    public List<String> getGroups() {
        return groups;
    }

    public void setGroups(List<String> groups) {
        this.groups = groups;
    }

    public List<String> getDynamicGroups() {
        return dynamicGroups;
    }

    public void setDynamicGroups(List<String> dynamicGroups) {
        this.dynamicGroups = dynamicGroups;
    }

    public Set<Role> getRolesPermissions() {
        return rolesPermissions;
    }

    public void setRolesPermissions(Set<Role> rolesPermissions) {
        this.rolesPermissions = rolesPermissions;
    }

    public Map<String, Object> getAdditionalInformation() {
        return additionalInformation;
    }

    public void setAdditionalInformation(Map<String, Object> additionalInformation) {
        this.additionalInformation = additionalInformation;
    }
}
