package io.gravitee.am.identityprovider.api;

import java.util.Map;

/**
 * The principal of a management call. AM's interface has more accessors; implement it through {@code DefaultUser} only.
 */
public interface User {
    String getId();

    String getUsername();

    String getEmail();

    Map<String, Object> getAdditionalInformation();
}
