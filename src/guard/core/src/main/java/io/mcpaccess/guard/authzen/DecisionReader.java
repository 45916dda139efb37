package io.mcpaccess.guard.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.oauth.BearerChallenge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an AuthZEN decision (Authorization API 1.0, section 5.5). Only a boolean {@code true} that rests on every layer is a
 * yes: one of an endpoint that looked at the permission alone would let tokens of other servers in.
 */
final class DecisionReader {
    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final String NO_REASON = "denied";
    private static final Set<String> LAYERS = Set.of("token", "scope", "permission");
    private static final Set<String> SHADOW_LAYERS = Set.of("token", "scope");
    private static final Set<String> IMAGINED = Set.of("token");

    /** Of a question that carried the token. */
    AccessAnswer read(JsonNode body) {
        return read(body, LAYERS, SHADOW_LAYERS);
    }

    /** Of a question that imagined the scopes: the token and the permission are real. */
    AccessAnswer readPermission(JsonNode body) {
        return read(body, Set.of("token", "permission"), IMAGINED);
    }

    private static AccessAnswer read(JsonNode body, Set<String> layers, Set<String> shadowLayers) {
        JsonNode decision = body.path("decision");
        if (!decision.isBoolean()) {
            return new AccessAnswer.Unavailable("the AuthZEN answer has no boolean 'decision'");
        }
        if (!decision.booleanValue()) {
            return refusal(body.path("context"));
        }
        JsonNode context = body.path("context");
        if (hasObligations(context.path("obligations"))) {
            return new AccessAnswer.NotPermitted("obligations_unknown");
        }
        return names(context.path("layers")).containsAll(layers) || isShadowed(context, shadowLayers)
                ? new AccessAnswer.Permitted()
                : new AccessAnswer.Unavailable(
                        "the AuthZEN answer does not say that token, scopes and permission were all checked; is another"
                                + " AuthZEN plugin installed, or does the domain name tools otherwise?");
    }

    /** Conditions that this guard cannot fulfil make a yes a no (AuthZEN obligations, draft 1). */
    private static boolean hasObligations(JsonNode obligations) {
        return !obligations.isMissingNode()
                && !obligations.isNull()
                && !(obligations.isArray() && obligations.isEmpty());
    }

    /**
     * A yes although the permission said no, as the domain's administrator set it for a trial: token and scopes still
     * passed, and the answer says by name what the permission would have refused. Less than that is no such yes.
     */
    private static boolean isShadowed(JsonNode context, Set<String> layers) {
        JsonNode refusal = context.path("shadow").path("reason_code");
        return "shadowed".equals(context.path("reason_code").textValue())
                && names(context.path("layers")).equals(layers)
                && refusal.isTextual()
                && REASON.matcher(refusal.textValue()).matches();
    }

    private static Set<String> names(JsonNode layers) {
        Set<String> checked = new HashSet<>();
        layers.forEach(layer -> checked.add(layer.asText()));
        return checked;
    }

    /** The reason code of any body, also of an error; one text where there is none that could stand in a log. */
    static String reason(JsonNode context) {
        String code = context.path("reason_code").asText();
        return REASON.matcher(code).matches() ? code : NO_REASON;
    }

    private static AccessAnswer refusal(JsonNode context) {
        String reason = reason(context);
        return switch (reason) {
            case "token_inactive", "audience_mismatch" -> new AccessAnswer.TokenRefused(reason);
            case "scope_missing", "reconsent_required" -> scopes(context.path("required_scopes"), reason);
            case "engine_unavailable", "engine_not_configured" -> new AccessAnswer.Unavailable(reason);
            default -> new AccessAnswer.NotPermitted(reason);
        };
    }

    /** Without a usable list of scopes a challenge would send the client round in circles: then it is a plain no. */
    private static AccessAnswer scopes(JsonNode required, String reason) {
        List<String> scopes = new ArrayList<>();
        for (JsonNode scope : required) {
            if (!scope.isTextual() || !BearerChallenge.isScopeToken(scope.textValue())) {
                return new AccessAnswer.NotPermitted(reason);
            }
            scopes.add(scope.textValue());
        }
        return scopes.isEmpty()
                ? new AccessAnswer.NotPermitted(reason)
                : new AccessAnswer.ScopesMissing(scopes, reason);
    }
}
