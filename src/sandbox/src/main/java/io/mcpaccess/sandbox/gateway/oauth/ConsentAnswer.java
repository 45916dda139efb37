package io.mcpaccess.sandbox.gateway.oauth;

import io.vertx.core.MultiMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What AM makes of a consent form's answer (UserConsentProcessHandler).
 *
 * @param approved scopes to be saved as approved
 * @param denied scopes to be saved as denied
 * @param isApproved whether the request goes on
 */
record ConsentAnswer(Set<String> approved, Set<String> denied, boolean isApproved) {
    private static final String FIELD_PREFIX = "scope.";
    private static final String DECISION = "user_oauth_approval";

    /**
     * AM 4.10 to 4.12: one decision for every scope that the form names. Nobody looks whether the scope was asked for or shown.
     *
     * @param form the form's fields
     * @return the answer
     * @throws IllegalStateException where AM fails: no scope, a scope twice, or no decision
     */
    static ConsentAnswer together(MultiMap form) {
        Set<String> named = new LinkedHashSet<>();
        for (Map.Entry<String, String> field : form) {
            if (field.getKey().startsWith(FIELD_PREFIX)
                    && (!named.add(field.getKey().replace(FIELD_PREFIX, "")) || form.get(DECISION) == null)) {
                throw new IllegalStateException("AM cannot read this answer");
            }
        }
        if (named.isEmpty()) {
            throw new IllegalStateException("AM cannot save an answer about nothing");
        }
        return isYes(form.get(DECISION))
                ? new ConsentAnswer(named, Set.of(), true)
                : new ConsentAnswer(Set.of(), named, false);
    }

    /**
     * AM since 4.13: each scope of the page has a field of its own, and one that is missing is denied. What else the form names does not count.
     *
     * @param form the form's fields
     * @param presented the scopes of the page
     * @param required scopes without which nothing is granted
     * @return the answer
     * @throws AuthorizationFailure access_denied, where a required scope is missing
     * @throws IllegalStateException where AM fails: there was nothing to answer
     */
    static ConsentAnswer perScope(MultiMap form, Set<String> presented, Set<String> required) {
        boolean refused = "false".equalsIgnoreCase(form.get(DECISION));
        Set<String> approved = new LinkedHashSet<>(presented);
        approved.removeIf(scope -> refused || !isYes(form.get(FIELD_PREFIX + scope)));
        Set<String> denied = new LinkedHashSet<>(presented);
        denied.removeAll(approved);
        if (!refused && denied.stream().anyMatch(required::contains)) {
            throw AuthorizationFailure.forUser("access_denied", "Consent could not be verified");
        }
        if (presented.isEmpty()) {
            throw new IllegalStateException("AM cannot save an answer about nothing");
        }
        return new ConsentAnswer(approved, denied, !approved.isEmpty());
    }

    private static boolean isYes(String value) {
        String yes = value == null ? "" : value.toLowerCase(Locale.ROOT);
        return yes.equals("true") || yes.startsWith("approve");
    }
}
