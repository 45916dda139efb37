package io.mcpaccess.policy;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.model.application.ApplicationScopeSettings;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
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

    private final AmRequests requests;

    /**
     * A reader.
     *
     * @param requests reads AM's objects
     */
    ScopeParameter(AmRequests requests) {
        this.requests = requests;
    }

    /**
     * Reads them.
     *
     * @param answer the browser's request with the form
     * @param context the flow's attributes
     * @return the scopes, or nothing where AM does not say
     */
    Optional<Set<String>> of(Request answer, ExecutionContext context) {
        return requests.claim(context.getAttribute(REQUEST_OBJECT), NAME)
                .or(() -> inQuery(answer.uri()))
                .map(ScopeParameter::split)
                .or(() -> defaults(context.getAttribute(ConstantKeys.CLIENT_CONTEXT_KEY)));
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

    private static Optional<Set<String>> defaults(Object client) {
        if (!(client instanceof Client known) || known.getScopeSettings() == null) {
            return Optional.empty();
        }
        Set<String> defaults = known.getScopeSettings().stream()
                .filter(ApplicationScopeSettings::isDefaultScope)
                .map(ApplicationScopeSettings::getScope)
                .collect(Collectors.toUnmodifiableSet());
        return defaults.isEmpty() ? Optional.empty() : Optional.of(defaults);
    }
}
