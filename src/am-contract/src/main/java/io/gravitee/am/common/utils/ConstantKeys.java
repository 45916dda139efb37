package io.gravitee.am.common.utils;

/**
 * Names of what AM puts in its routing and execution contexts. The compiler inlines them.
 */
public interface ConstantKeys {
    String CLIENT_CONTEXT_KEY = "client";
    String USER_CONTEXT_KEY = "user";
    String TOKEN_CONTEXT_KEY = "token";
    String AUTHORIZATION_REQUEST_CONTEXT_KEY = "authorization_request";
    String SCOPES_CONTEXT_KEY = "scopes";
    String AUTH_FLOW_CONTEXT_KEY = "authFlowContext";
}
