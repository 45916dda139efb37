package io.mcpaccess.policy.consent;

import io.gravitee.am.model.application.ApplicationScopeSettings;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.policy.am.StepRun;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scopes that an authorization request asks for. After the answer AM's own request says only what the form has named, so
 * they are read where AM reads them: the request object, the query, the application's defaults; never the form.
 */
final class ScopeParameter {

    /** AM's attribute for a request object (RFC 9101), that of a pushed request (RFC 9126) included. */
    private static final String REQUEST_OBJECT = "requestObject";

    private static final String NAME = "scope";

    private ScopeParameter() {}

    /**
     * Reads them.
     *
     * @param run the request with the form
     * @return the scopes, or nothing where AM does not say
     */
    static Optional<Set<String>> of(StepRun run) {
        return run.requests()
                .claim(run.context().getAttribute(REQUEST_OBJECT), NAME)
                .or(() -> inQuery(run.request().uri()))
                .map(ScopeParameter::split)
                .or(() -> run.client().flatMap(ScopeParameter::defaults));
    }

    private static Optional<String> inQuery(String uri) {
        int query = uri == null ? -1 : uri.indexOf('?');
        return query < 0
                ? Optional.empty()
                : Arrays.stream(uri.substring(query + 1).split("&"))
                        .filter(each -> each.startsWith(NAME + "="))
                        .map(each -> each.substring(NAME.length() + 1))
                        .map(each -> URLDecoder.decode(each, StandardCharsets.UTF_8))
                        .findFirst();
    }

    private static Set<String> split(String scopes) {
        return Arrays.stream(scopes.trim().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Set<String>> defaults(Client client) {
        if (client.getScopeSettings() == null) {
            return Optional.empty();
        }
        Set<String> defaults = client.getScopeSettings().stream()
                .filter(ApplicationScopeSettings::isDefaultScope)
                .map(ApplicationScopeSettings::getScope)
                .collect(Collectors.toUnmodifiableSet());
        return defaults.isEmpty() ? Optional.empty() : Optional.of(defaults);
    }
}
