package io.gravitee.am.model.oauth2;

import io.gravitee.am.model.UserId;
import java.util.Date;

/**
 * That a user approved or denied a scope for a client. {@code expiresAt} must be set, {@code scope} holds 64 characters.
 */
public class ScopeApproval {
    private String id;
    private String transactionId;
    private UserId userId;
    private String clientId;
    private String domain;
    private String scope;
    private ApprovalStatus status;
    private Date expiresAt;
    private Date createdAt;
    private Date updatedAt;

    /** The user's answer. */
    public enum ApprovalStatus {
        APPROVED,
        DENIED
    }

    public ScopeApproval() {}

    public ScopeApproval(
            String transactionId, UserId userId, String clientId, String domain, String scope, ApprovalStatus status) {
        this.transactionId = transactionId;
        this.userId = userId;
        this.clientId = clientId;
        this.domain = domain;
        this.scope = scope;
        this.status = status;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getTransactionId() {
        return transactionId;
    }

    public void setTransactionId(String transactionId) {
        this.transactionId = transactionId;
    }

    public UserId getUserId() {
        return userId;
    }

    public void setUserId(UserId userId) {
        this.userId = userId;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public ApprovalStatus getStatus() {
        return status;
    }

    public void setStatus(ApprovalStatus status) {
        this.status = status;
    }

    public Date getExpiresAt() {
        return expiresAt;
    }

    public void setExpiresAt(Date expiresAt) {
        this.expiresAt = expiresAt;
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
