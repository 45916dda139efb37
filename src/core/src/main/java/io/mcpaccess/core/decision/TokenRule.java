package io.mcpaccess.core.decision;

import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.decision.Outcome.Refused;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The layers that rest on the token: it is live, it was issued for this MCP server (RFC 8707), it is about the subject
 * of the question, it carries the tool's scopes (RFC 6750, section 3.1), and the user can have approved the tool.
 */
final class TokenRule {

    private static final List<Layer> TOKEN = List.of(Layer.TOKEN);
    private static final List<Layer> SCOPE = List.of(Layer.TOKEN, Layer.SCOPE);

    private final AccessSettings.SubjectName subjectName;

    /**
     * Holds tokens against one reading of their subject.
     *
     * @param subjectName which of a token's names permissions are written with
     */
    TokenRule(AccessSettings.SubjectName subjectName) {
        this.subjectName = Objects.requireNonNull(subjectName, "subjectName");
    }

    /**
     * Checks the token's audience.
     *
     * @param token the token
     * @param server the MCP server that the question is about
     * @return the refusal, or nothing
     */
    Optional<Outcome> audience(TokenState.Active token, McpServer server) {
        return server.isAudienceOf(token.audience())
                ? Optional.empty()
                : Optional.of(new Refused(
                        ReasonCode.AUDIENCE_MISMATCH,
                        TOKEN,
                        Map.of(
                                "required_audience",
                                server.resourceIdentifiers().stream().sorted().toList())));
    }

    /**
     * Checks that the question is about the token's own subject. Introspection tells an MCP server no identity provider,
     * so where permissions name it, the username alone does: the engine is asked with {@link #subjectOf the whole name}.
     *
     * @param token the token
     * @param subjectId the subject's identifier in the question
     * @return the refusal, or nothing
     */
    Optional<Outcome> subject(TokenState.Active token, String subjectId) {
        boolean qualifiedHere = subjectName == AccessSettings.SubjectName.SOURCE_USERNAME
                && token.username().filter(subjectId::equals).isPresent();
        return qualifiedHere || subjectOf(token).filter(subjectId::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new Refused(ReasonCode.SUBJECT_MISMATCH, TOKEN, Map.of()));
    }

    /**
     * The same for a question that may name the subject by the token's {@code sub}, as COAZ has it. The engine is asked with
     * {@link #subjectOf the name of permissions} either way.
     *
     * @param token the token
     * @param subjectId the subject's identifier in the question
     * @return the refusal, or nothing
     */
    Optional<Outcome> subjectOrSub(TokenState.Active token, String subjectId) {
        return token.subject().equals(subjectId) && subjectOf(token).isPresent()
                ? Optional.empty()
                : subject(token, subjectId);
    }

    /**
     * Checks that the token carries all scopes of the tool, and that the tool is no younger than the token.
     *
     * @param token the token
     * @param tool the tool
     * @return the refusal, or nothing
     */
    Optional<Outcome> scopes(TokenState.Active token, McpTool tool) {
        Optional<Outcome> missing = scopes(token.scopes(), tool, SCOPE);
        if (missing.isPresent()) {
            return missing;
        }
        return tool.isYoungerThan(token.issuedAt())
                ? Optional.of(new Refused(
                        ReasonCode.RECONSENT_REQUIRED, SCOPE, Map.of("required_scopes", List.copyOf(tool.scopes()))))
                : Optional.empty();
    }

    /**
     * Checks scopes that an MCP server vouches for.
     *
     * @param held the scopes
     * @param tool the tool
     * @return the refusal, or nothing
     */
    static Optional<Outcome> scopes(Set<String> held, McpTool tool) {
        return scopes(held, tool, List.of(Layer.SCOPE));
    }

    private static Optional<Outcome> scopes(Set<String> held, McpTool tool, List<Layer> layers) {
        Set<String> missing = tool.missingFrom(held);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refused(
                        ReasonCode.SCOPE_MISSING,
                        layers,
                        Map.of(
                                "required_scopes", List.copyOf(tool.scopes()),
                                "missing_scopes", List.copyOf(missing))));
    }

    /**
     * How permissions name the subject of a token. A token without a user is a client's own: its subject is the client.
     *
     * @param token the token
     * @return the name, or nothing where the token lacks what the name is made of
     */
    Optional<String> subjectOf(TokenState.Active token) {
        if (subjectName == AccessSettings.SubjectName.SUB) {
            return Optional.of(token.subject());
        }
        if (token.username().isEmpty()) {
            return token.clientId();
        }
        return subjectName == AccessSettings.SubjectName.USERNAME
                ? token.username()
                : token.source().map(source -> source + "/" + token.username().get());
    }

    /**
     * The refusal of a token that is not live.
     *
     * @return the refusal
     */
    static Outcome inactive() {
        return new Refused(ReasonCode.TOKEN_INACTIVE, TOKEN, Map.of());
    }
}
