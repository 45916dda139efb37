package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a question brings along for the token layers, in the members of its context. */
sealed interface Credentials {

    /** The context member with the caller's access token. */
    String ACCESS_TOKEN = "access_token";

    /** The context member with scopes that an MCP server has checked a token for itself. */
    String SCOPE = "scope";

    /**
     * The context member by which an MCP server says that it has checked the proof of possession of a bound token (RFC 9449,
     * RFC 8705): {@code true}, and nothing else.
     */
    String PROOF_CHECKED = "access_token_proof_checked";

    /**
     * The context member with scopes that an MCP server imagines a token to have: for a list of tools, which shows those that
     * lack nothing else. The answer does not count the layer of scopes as asked.
     */
    String ASSUMED_SCOPE = "assumed_scope";

    /** There is nothing to tell apart. */
    None NONE = new None();

    /** Nothing: the permission layer alone is asked. */
    record None() implements Credentials {}

    /**
     * An access token.
     *
     * @param token the token; an unreadable one is the empty string, which no introspection knows
     */
    record Token(String token) implements Credentials {

        @Override
        public String toString() {
            return "Token[hidden]";
        }
    }

    /**
     * Scopes that the MCP server vouches for.
     *
     * @param scopes the scopes
     */
    record Scopes(Set<String> scopes) implements Credentials {}

    /**
     * Reads the credentials of a question.
     *
     * @param request the question
     * @param pep who asks: only an MCP server can vouch for scopes
     * @return what it brings along
     */
    static Credentials of(EvaluationRequest request, Pep pep) {
        if (request.context().containsKey(ACCESS_TOKEN)) {
            return new Token(request.context().get(ACCESS_TOKEN) instanceof String token ? token : "");
        }
        if (pep.kind() == Pep.Kind.MCP_SERVER && request.context().containsKey(SCOPE)) {
            return new Scopes(scopes(request.context().get(SCOPE)));
        }
        return NONE;
    }

    /**
     * Whether a proof of possession was checked, by somebody whose word counts.
     *
     * @param request the question
     * @param pep who asks: only an MCP server sees the proof that came with a call
     * @return whether it says so
     */
    static boolean isProved(EvaluationRequest request, Pep pep) {
        return pep.kind() == Pep.Kind.MCP_SERVER
                && Boolean.TRUE.equals(request.context().get(PROOF_CHECKED));
    }

    /**
     * The scopes to be taken for the token's.
     *
     * @param request a question with a token
     * @param pep who asks: only an MCP server may imagine any
     * @return the scopes; empty where the token's own count
     */
    static Optional<Set<String>> assumed(EvaluationRequest request, Pep pep) {
        return pep.kind() == Pep.Kind.MCP_SERVER
                ? Optional.ofNullable(request.context().get(ASSUMED_SCOPE)).map(Credentials::scopes)
                : Optional.empty();
    }

    private static Set<String> scopes(Object value) {
        if (value instanceof String text) {
            return Set.copyOf(Arrays.asList(text.trim().split("\\s+")));
        }
        List<String> scopes = new ArrayList<>();
        if (value instanceof Collection<?> values) {
            values.forEach(each -> scopes.add(String.valueOf(each)));
        }
        return Set.copyOf(scopes);
    }
}
