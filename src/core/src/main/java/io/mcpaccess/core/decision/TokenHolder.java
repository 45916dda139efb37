package io.mcpaccess.core.decision;

import java.util.Objects;
import java.util.Optional;

/**
 * Whose an access token is. The kind counts: a token of an application or of an agent never answers for a user of the same
 * name, nor the other way round.
 */
public sealed interface TokenHolder {

    /**
     * The type of subject that permissions name such a holder by.
     *
     * @return {@code user}, {@code application} or {@code agent}
     */
    String subjectType();

    /**
     * A user, who let an application act for him.
     *
     * @param username the user's name
     * @param source the identity provider that he comes from, or nothing where it is not known
     */
    record User(String username, Optional<String> source) implements TokenHolder {

        /** The type of users in permissions. */
        public static final String TYPE = "user";

        /** Requires both. */
        public User {
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(source, "source");
        }

        @Override
        public String subjectType() {
            return TYPE;
        }
    }

    /** An application or MCP server, by its own credentials (RFC 6749, section 4.4). */
    record Application() implements TokenHolder {

        /** The type of applications in permissions. */
        public static final String TYPE = "application";

        @Override
        public String subjectType() {
            return TYPE;
        }
    }

    /** An agent application, or an instance of one, by its own credentials (AM 4.12 and later). */
    record Agent() implements TokenHolder {

        /** The type of agents in permissions. */
        public static final String TYPE = "agent";

        @Override
        public String subjectType() {
            return TYPE;
        }
    }
}
