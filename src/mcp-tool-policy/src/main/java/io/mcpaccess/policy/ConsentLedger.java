package io.mcpaccess.policy;

import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one user has approved for one application: AM's own approvals of scopes, and our rows, one for each tool that a
 * scope stood for when it was approved. Both stand in AM's scope-approval store, ours under keys that no scope has.
 */
final class ConsentLedger {

    private static final String ROW_PREFIX = "mcp:";

    /** AM saves the answer and runs our step in the same request. */
    private static final Duration ONE_REQUEST = Duration.ofMinutes(1);

    private final Map<String, ScopeApproval> scopes = new HashMap<>();
    private final Set<String> rows = new HashSet<>();
    private final Instant lastRow;
    private final Instant now;

    /**
     * Reads the store's rows of one user and one application.
     *
     * @param approvals all rows, ours and AM's; those denied or expired do not count
     * @param now the moment
     */
    ConsentLedger(List<ScopeApproval> approvals, Instant now) {
        this.now = now;
        List<Instant> times = new ArrayList<>();
        for (ScopeApproval approval : approvals) {
            boolean valid = approval.getStatus() == ApprovalStatus.APPROVED
                    && approval.getExpiresAt() != null
                    && approval.getExpiresAt().toInstant().isAfter(now);
            if (valid && approval.getScope().startsWith(ROW_PREFIX)) {
                rows.add(approval.getScope());
                times.add(time(approval));
            } else if (valid) {
                scopes.put(approval.getScope(), approval);
            }
        }
        lastRow = times.stream().max(Instant::compareTo).orElse(Instant.MIN);
    }

    /**
     * The key of the row for a tool behind a scope. AM's column holds 64 characters, hence the hash.
     *
     * @param server the MCP server's client id
     * @param scope the scope
     * @param tool the tool's key
     * @return the key, 47 characters
     */
    static String rowKey(String server, String scope, String tool) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(server, scope, tool)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            return ROW_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    boolean hasRow(String key) {
        return rows.contains(key);
    }

    /**
     * AM's own approval of a scope.
     *
     * @param scope the scope
     * @return the valid approval, if there is one
     */
    Optional<ScopeApproval> approval(String scope) {
        return Optional.ofNullable(scopes.get(scope));
    }

    Set<String> approvedScopes() {
        return Set.copyOf(scopes.keySet());
    }

    /**
     * When the user approved a scope, where that was without our step: before it was installed, or with it absent from
     * the flow CONSENT. With it, rows are written right after AM's approval, so none can be older than the approval.
     *
     * @param scope the scope
     * @return the moment, or nothing where our step was there or the scope is not approved
     */
    Optional<Instant> approvedWithoutUsAt(String scope) {
        return approval(scope).map(ConsentLedger::time).filter(lastRow::isBefore);
    }

    /**
     * Whether the user approved a scope in the request that is being served.
     *
     * @param scope the scope
     * @return whether the approval is a moment old, and newer than all rows
     */
    boolean isJustApproved(String scope) {
        return approvedWithoutUsAt(scope)
                .filter(at -> at.isAfter(now.minus(ONE_REQUEST)))
                .isPresent();
    }

    /** On JDBC a second approval leaves no time of creation. */
    private static Instant time(ScopeApproval approval) {
        return Stream.of(Optional.ofNullable(approval.getUpdatedAt()), Optional.ofNullable(approval.getCreatedAt()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Date::toInstant)
                .orElse(Instant.EPOCH);
    }
}
