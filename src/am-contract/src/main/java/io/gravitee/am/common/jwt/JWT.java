package io.gravitee.am.common.jwt;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoded access token: its claims by name. On AM 4.10 it has no {@code client_id} claim.
 */
public class JWT extends HashMap<String, Object> {
    public JWT() {}

    public JWT(Map<String, Object> claims) {
        super(claims);
    }

    public String getIss() {
        return text("iss");
    }

    public String getSub() {
        return text("sub");
    }

    /** The user's internal identifier, {@code source:externalId}; absent for a client's own token. */
    public String getInternalSub() {
        return text("gis");
    }

    /** The first audience. */
    public String getAud() {
        List<String> all = getAudList();
        return all.isEmpty() ? null : all.get(0);
    }

    public List<String> getAudList() {
        Object aud = get("aud");
        if (aud instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return aud == null ? List.of() : List.of(aud.toString());
    }

    public String getDomain() {
        return text("domain");
    }

    public String getScope() {
        return text("scope");
    }

    public boolean hasScope(String scope) {
        return getScope() != null && List.of(getScope().split("\\s+")).contains(scope);
    }

    public String getJti() {
        return text("jti");
    }

    /** Seconds since the epoch, 0 when absent. */
    public long getExp() {
        return seconds("exp");
    }

    /** Seconds since the epoch, 0 when absent. */
    public long getIat() {
        return seconds("iat");
    }

    private String text(String claim) {
        return get(claim) instanceof String value ? value : null;
    }

    private long seconds(String claim) {
        return get(claim) instanceof Number value ? value.longValue() : 0;
    }
}
