package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.decision.Outcome.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What AuthZEN says of an outcome. */
final class OutcomeJson {

    /** The usual answer, by its one layer: it says nothing about who asked what, so there is one of it. */
    private static final List<Decision> PERMITTED = Arrays.stream(Layer.values())
            .map(layer -> decision(new Outcome.Permitted(List.of(layer))))
            .toList();

    private OutcomeJson() {}

    /** Of a call that one layer was asked about, and permitted by an answer just given. */
    static Decision permittedBy(Layer layer) {
        return PERMITTED.get(layer.ordinal());
    }

    /** The decision with its reason in the context. */
    static Decision decision(Outcome outcome) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put(Outcome.REASON_CODE, outcome.reason().wireName());
        if (outcome instanceof Outcome.Permitted permitted) {
            context.put(Outcome.LAYERS, names(permitted.layers()));
        } else if (outcome instanceof Outcome.Shadowed shadowed) {
            context.put(Outcome.LAYERS, names(shadowed.layers()));
            context.put(
                    Outcome.SHADOW,
                    Map.of(Outcome.REASON_CODE, shadowed.refusal().wireName()));
        } else if (outcome instanceof Outcome.Refused refused) {
            context.put(Outcome.LAYERS, names(refused.layers()));
            context.putAll(refused.advice());
        } else if (outcome instanceof Outcome.Unavailable unavailable) {
            context.put("error", Map.of("status", 503, "message", unavailable.message()));
        }
        if (outcome.isRemembered()) {
            context.put(PermissionAnswer.REMEMBERED, true);
        }
        return new Decision(outcome.isAllowed(), context);
    }

    private static List<String> names(List<Layer> layers) {
        List<String> names = new ArrayList<>(layers.size());
        layers.forEach(layer -> names.add(layer.wireName()));
        return names;
    }
}
