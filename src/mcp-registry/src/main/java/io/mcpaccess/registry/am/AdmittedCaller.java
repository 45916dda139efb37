package io.mcpaccess.registry.am;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Domain;
import java.util.Objects;

/**
 * A caller whose rights were checked.
 *
 * @param user the caller, for AM's audit
 * @param domain the domain, which has the engine that was called
 */
public record AdmittedCaller(User user, Domain domain) {

    /** Nothing is null. */
    public AdmittedCaller {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(domain, "domain");
    }
}
