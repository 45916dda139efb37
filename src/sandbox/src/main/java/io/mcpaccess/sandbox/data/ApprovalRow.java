package io.mcpaccess.sandbox.data;

/**
 * What a user decided about a scope, AM's ScopeApproval.
 *
 * @param id identifier
 * @param transactionId transaction of the consent
 * @param domain domain identifier
 * @param source identity provider of the user
 * @param userId user identifier
 * @param externalId identifier at the identity provider
 * @param clientId client identifier
 * @param scope scope key, 64 characters at most
 * @param status APPROVED or DENIED
 * @param expiresAt epoch milliseconds
 * @param createdAt epoch milliseconds, null after a re-approval as on JDBC
 * @param updatedAt epoch milliseconds
 */
public record ApprovalRow(
        String id,
        String transactionId,
        String domain,
        String source,
        String userId,
        String externalId,
        String clientId,
        String scope,
        String status,
        long expiresAt,
        Long createdAt,
        long updatedAt) {}
