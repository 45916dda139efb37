package io.mcpaccess.policy.am;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.common.http.HttpMethod;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;

/** Where in AM's flows a step runs. */
public enum Place {
    /** Flow TOKEN: AM's rules engine gives its {@code OAuth2Request}. */
    TOKEN,
    /** Flow CONSENT, before the page. */
    CONSENT_PAGE,
    /** Flow CONSENT, after the user's answer. */
    CONSENT_ANSWER,
    /** A page where there is nothing for this policy to do. */
    ELSEWHERE;

    /** The attribute that pages have and the token endpoint has not (AM class {@code UriBuilderRequest}). */
    private static final String PAGE_ATTRIBUTE = "contextPath";

    /**
     * Sees where the step runs. What is no page counts as TOKEN: there a mistake refuses, elsewhere it would pass.
     *
     * @param request AM's request
     * @param context the flow's context
     * @return the place
     */
    public static Place of(Request request, ExecutionContext context) {
        if (context.getAttribute(ConstantKeys.AUTHORIZATION_REQUEST_CONTEXT_KEY) != null) {
            return request.method() == HttpMethod.POST ? CONSENT_ANSWER : CONSENT_PAGE;
        }
        return context.getAttribute(PAGE_ATTRIBUTE) == null ? TOKEN : ELSEWHERE;
    }
}
