package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.decision.Outcome.Refused;
import io.mcpaccess.core.mcp.CoazMapping;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layers that rest on the token: it is live, it was issued for this MCP server (RFC 8707), it is about the subject
 * of the question, it carries the tool's scopes (RFC 6750, section 3.1), and the user can have approved the tool.
 */
final class TokenRule {

    private static final List<Layer> TOKEN = List.of(Layer.TOKEN);
    private static final List<Layer> SCOPE = List.of(Layer.TOKEN, Layer.SCOPE);

    private static final Set<String> TYPES_OF_USERS = Set.of(TokenHolder.User.TYPE, CoazMapping.SUBJECT_TYPE);

    private final AccessSettings.SubjectName subjectName;
    private final AgentSubject agentSubject;
    private final BoundTokens boundTokens;

    /**
     * Holds tokens against one reading of their subject.
     *
     * @param settings say which of a token's names permissions are written with, and which tokens count
     */
    TokenRule(AccessSettings settings) {
        this.subjectName = settings.subject();
        this.agentSubject = settings.agentSubject();
        this.boundTokens = settings.boundTokens();
    }

    /**
     * Checks that a bound token counts (RFC 7800, RFC 9449, RFC 8705): whoever has stolen it can present it here as well as its
     * owner, so somebody must have checked the proof of possession, and only an MCP server sees that.
     *
     * @param token the token
     * @param isProved whether the caller is an MCP server that says so
     * @return the refusal, or nothing
     */
    Optional<Outcome> possession(TokenState.Active token, boolean isProved) {
        return !token.isBound() || isProved && boundTokens == BoundTokens.PEP_PROVED
                ? Optional.empty()
                : Optional.of(new Refused(
                        ReasonCode.TOKEN_INACTIVE,
                        TOKEN,
                        Map.of(
                                "error_description",
                                "The access token is bound to a key or certificate, and nobody whose word counts here says"
                                        + " that the proof of possession was checked.")));
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
     * Checks that the question is about the token's own subject, by type and name. Introspection tells an MCP server no
     * identity provider, and no instance of an agent for certain, so the shorter name does: the engine is asked with
     * {@link #subjectOf the whole name}.
     *
     * @param token the token
     * @param subject the subject of the question
     * @return the refusal, or nothing
     */
    Optional<Outcome> subject(TokenState.Active token, Subject subject) {
        return isOfType(token, subject.type()) && isNameOf(token, subject.id()) ? Optional.empty() : mismatch();
    }

    /**
     * The same for a question of COAZ's shape, which names the subject by the token's {@code sub} and whose type says nothing.
     * The engine is asked with {@link #subjectOf the name of permissions} either way.
     *
     * @param token the token
     * @param subjectId the subject's identifier in the question
     * @return the refusal, or nothing
     */
    Optional<Outcome> subjectOrSub(TokenState.Active token, String subjectId) {
        boolean isSub = token.subject().equals(subjectId) && subjectOf(token).isPresent();
        return isSub || isNameOf(token, subjectId) ? Optional.empty() : mismatch();
    }

    private static boolean isOfType(TokenState.Active token, String type) {
        return token.holder() instanceof TokenHolder.User
                ? TYPES_OF_USERS.contains(type)
                : token.holder().subjectType().equals(type);
    }

    private boolean isNameOf(TokenState.Active token, String id) {
        Optional<String> named = subjectOf(token);
        if (named.isEmpty()) {
            return false;
        }
        if (token.holder() instanceof TokenHolder.Agent) {
            return id.equals(token.subject())
                    || token.clientId().filter(id::equals).isPresent();
        }
        boolean isShortened = subjectName == AccessSettings.SubjectName.SOURCE_USERNAME
                && token.user()
                        .map(TokenHolder.User::username)
                        .filter(id::equals)
                        .isPresent();
        return isShortened || named.get().equals(id);
    }

    private static Optional<Outcome> mismatch() {
        return Optional.of(new Refused(ReasonCode.SUBJECT_MISMATCH, TOKEN, Map.of()));
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
     * How permissions name the subject of a token. Only users have several names: an application is its client id, an agent that
     * or its instance.
     *
     * @param token the token
     * @return the name, or nothing where the token lacks what the name is made of
     */
    Optional<String> subjectOf(TokenState.Active token) {
        if (token.holder() instanceof TokenHolder.User user) {
            return switch (subjectName) {
                case USERNAME -> Optional.of(user.username());
                case SUB -> Optional.of(token.subject());
                case SOURCE_USERNAME -> user.source().map(source -> source + "/" + user.username());
            };
        }
        boolean byInstance = token.holder() instanceof TokenHolder.Agent && agentSubject == AgentSubject.INSTANCE;
        return byInstance ? Optional.of(token.subject()) : token.clientId();
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
