package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Decision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pipeline decided about one question. Only {@link Permitted} and {@link Shadowed} open anything. */
public sealed interface Outcome {

    /** The member of an answer's context that carries the reason. */
    String REASON_CODE = "reason_code";

    /** The member of an answer's context that names the layers that passed or refused. */
    String LAYERS = "layers";

    /** The member of an answer's context that says what shadow mode let through: an object with the reason code. */
    String SHADOW = "shadow";

    /**
     * Why.
     *
     * @return the reason
     */
    ReasonCode reason();

    /**
     * Access is permitted.
     *
     * @param layers the layers that were asked, in order
     * @param isRemembered whether the permission rests on answers that the engine remembered
     */
    record Permitted(List<Layer> layers, boolean isRemembered) implements Outcome {

        /** Copies the layers. */
        public Permitted {
            layers = List.copyOf(layers);
        }

        /**
         * Access is permitted, by answers that the engine has just given.
         *
         * @param layers the layers that were asked, in order
         */
        public Permitted(List<Layer> layers) {
            this(layers, false);
        }

        @Override
        public ReasonCode reason() {
            return ReasonCode.PERMITTED;
        }
    }

    /**
     * The engine refused, and the domain only records its refusals: shadow mode.
     *
     * @param refusal why the engine would have refused
     * @param layers the layers that passed, in order; the permission is none of them
     * @param isRemembered whether this rests on answers that the engine remembered
     */
    record Shadowed(ReasonCode refusal, List<Layer> layers, boolean isRemembered) implements Outcome {

        /** Copies the layers. */
        public Shadowed {
            layers = List.copyOf(layers);
        }

        @Override
        public ReasonCode reason() {
            return ReasonCode.SHADOWED;
        }
    }

    /**
     * Access is refused.
     *
     * @param reason which rule refused
     * @param layers the layers that were asked, the refusing one last
     * @param advice what would fix it, such as {@code required_scopes}; JSON values, unmodifiable, no policy internals
     * @param isRemembered whether the refusal rests on answers that the engine remembered
     */
    record Refused(ReasonCode reason, List<Layer> layers, Map<String, Object> advice, boolean isRemembered)
            implements Outcome {

        /**
         * Access is refused, by a rule of ours or by an answer that the engine has just given.
         *
         * @param reason which rule refused
         * @param layers the layers that were asked, the refusing one last
         * @param advice what would fix it
         */
        public Refused(ReasonCode reason, List<Layer> layers, Map<String, Object> advice) {
            this(reason, layers, advice, false);
        }

        /** Copies layers and advice. */
        public Refused {
            layers = List.copyOf(layers);
            advice = advice.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(advice));
        }
    }

    /**
     * Nothing could be decided; nothing is permitted.
     *
     * @param reason {@code engine_not_configured} or {@code engine_unavailable}
     * @param message a sentence for the caller, without internals
     */
    record Unavailable(ReasonCode reason, String message) implements Outcome {}

    /** The layers of a decision. */
    enum Layer {
        /** The access token: live, for this server, about this subject. */
        TOKEN("token"),
        /** The scopes that the tool needs. */
        SCOPE("scope"),
        /** The permission in the authorization engine. */
        PERMISSION("permission");

        private final String wireName;

        Layer(String wireName) {
            this.wireName = wireName;
        }

        /**
         * The name in answers and audits.
         *
         * @return a word in lower case
         */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * Whether the engine remembered an answer that this rests on.
     *
     * @return {@code true} where the engine's cache had a part in it
     */
    default boolean isRemembered() {
        return false;
    }

    /**
     * Whether the call may go on.
     *
     * @return {@code true} for {@link Permitted} and {@link Shadowed} alone
     */
    default boolean isAllowed() {
        return this instanceof Permitted || this instanceof Shadowed;
    }

    /**
     * The outcome as AuthZEN answers it.
     *
     * @return the decision with its reason in the context
     */
    default Decision toDecision() {
        if (this instanceof Permitted permitted
                && !permitted.isRemembered()
                && permitted.layers().size() == 1) {
            return OutcomeJson.permittedBy(permitted.layers().get(0));
        }
        return OutcomeJson.decision(this);
    }
}
