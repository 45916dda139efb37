package io.mcpaccess.acceptance.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.acceptance.Http;
import java.util.Map;
import java.util.Optional;

/** The AM that the tests run on. */
public interface Host extends AutoCloseable {

    /** What some lines of AM have and others have not. */
    enum Feature {
        /** Applications that are agents (AM 4.12). */
        AGENT_APPLICATIONS,
        /** Instances of agents, which name themselves in a signed assertion (AM 4.12). */
        AGENT_INSTANCES,
        /** Tokens that are bound to a key by DPoP proofs (AM 4.13). */
        BOUND_TOKENS,
        /** A consent page where users choose scope by scope (AM 4.13). */
        SCOPE_CHOICE,
        /** Applications whose scopes AM approves without asking the user. */
        SELF_APPROVAL,
        /** Flows of single MCP servers (AM 4.13). */
        SERVER_FLOWS,
        /** Tokens that applications get for users' tokens (RFC 8693; AM 4.11). */
        TOKEN_EXCHANGE
    }

    /**
     * Makes the parts of a domain that AM's administrator makes before the product comes in: the domain itself, users, scopes,
     * applications, MCP servers. The rest is written by {@link TestDomain} over AM's management API, on every host alike.
     *
     * @return the domain's id and the address of its protocols
     */
    Place make(DomainSpec spec);

    /** Where a domain is. */
    record Place(String id, String base) {}

    /** Calls AM's management API as its administrator; the path begins below {@code /management}, the body may be null. */
    Http.Answer manage(String method, String path, String body);

    /** The audit entries of decisions, newest first. */
    JsonNode audits(Place domain);

    /** Why the host cannot have something; empty where it can. */
    Optional<String> lacks(Feature feature);

    /** What {@code amctl} has to find in its environment. */
    Map<String, String> amctlEnvironment();

    /** Takes away what was made. */
    void remove(Place domain);

    /** The path of a domain in AM's management API. */
    static String path(String domain) {
        return "/organizations/DEFAULT/environments/DEFAULT/domains/" + domain;
    }

    @Override
    void close();
}
