package io.mcpaccess.policy.consent;

import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one user has approved for one application: AM's own approvals of scopes, and our rows, one for each tool that a
 * scope stood for when it was approved, and a marker for the scope once all of these are written. All stand in AM's
 * scope-approval store, ours under keys that no scope has.
 */
public final class ConsentLedger {

    private static final String ROW_PREFIX = "mcp:";

    /** AM saves the answer and runs our step in the same request. */
    private static final Duration ONE_REQUEST = Duration.ofMinutes(1);

    private final Map<String, ScopeApproval> scopes = new HashMap<>();
    private final Map<String, ScopeApproval> rows = new HashMap<>();
    private final Instant now;

    /**
     * Reads the store's rows of one user and one application.
     *
     * @param approvals all rows, ours and AM's; those denied or expired do not count
     * @param now the moment
     */
    ConsentLedger(List<ScopeApproval> approvals, Instant now) {
        this.now = now;
        for (ScopeApproval approval : approvals) {
            boolean valid = approval.getStatus() == ApprovalStatus.APPROVED
                    && approval.getExpiresAt() != null
                    && approval.getExpiresAt().toInstant().isAfter(now);
            if (valid && approval.getScope().startsWith(ROW_PREFIX)) {
                rows.merge(approval.getScope(), approval, ConsentLedger::newer);
            } else if (valid) {
                scopes.put(approval.getScope(), approval);
            }
        }
    }

    /**
     * The key of the row for a tool behind a scope. AM's column holds 64 characters, hence the hash.
     *
     * @param server the MCP server's client id
     * @param scope the scope
     * @param tool the tool's key
     * @return the key, 47 characters
     */
    public static String rowKey(String server, String scope, String tool) {
        return key(List.of(server, scope, tool));
    }

    /**
     * The key of the row that says that all rows of a scope are written.
     *
     * @param scope the scope
     * @return the key, which no tool's row has
     */
    public static String markerKey(String scope) {
        return key(List.of(scope));
    }

    private static String key(List<String> parts) {
        return ROW_PREFIX + digest(parts);
    }

    /**
     * A digest that keeps its parts apart.
     *
     * @param parts any texts
     * @return 43 characters of the URL-safe Base64 alphabet
     */
    static String digest(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    boolean hasRow(String key) {
        return rows.containsKey(key);
    }

    /**
     * Whether a row need not be written again.
     *
     * @param key the row's key
     * @param expiry until when it must hold
     * @return whether it holds as long
     */
    boolean hasRowUntil(String key, Date expiry) {
        return hasRow(key) && !rows.get(key).getExpiresAt().before(expiry);
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
     * When the user approved a scope, where no marker says that the rows of this approval are written: it was before our
     * step was installed, with the step absent from the flow CONSENT, or the writing is not through.
     *
     * @param scope the scope
     * @return the moment, or nothing where the rows are complete or the scope is not approved
     */
    Optional<Instant> approvedUnmarkedAt(String scope) {
        Instant marked = Optional.ofNullable(rows.get(markerKey(scope)))
                .map(ConsentLedger::time)
                .orElse(Instant.MIN);
        return approval(scope).map(ConsentLedger::time).filter(marked::isBefore);
    }

    /**
     * Whether rows of a scope were written before.
     *
     * @param scope the scope
     * @return whether its marker is valid
     */
    boolean isMarked(String scope) {
        return hasRow(markerKey(scope));
    }

    /**
     * Whether the user approved a scope in the request that is being served.
     *
     * @param scope the scope
     * @return whether the approval is a moment old, and newer than the scope's marker
     */
    boolean isJustApproved(String scope) {
        return approvedUnmarkedAt(scope)
                .filter(at -> at.isAfter(now.minus(ONE_REQUEST)))
                .isPresent();
    }

    /** Two gateways that write a row at once may leave it twice. */
    private static ScopeApproval newer(ScopeApproval one, ScopeApproval other) {
        return time(one).isBefore(time(other)) ? other : one;
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
