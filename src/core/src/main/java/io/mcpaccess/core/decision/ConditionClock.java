package io.mcpaccess.core.decision;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * The time that conditions get as {@code current_time}: OpenFGA has no clock of its own. In whole seconds, so that the same
 * question of one second is the same for a cache.
 */
public final class ConditionClock {

    /** The parameter of a condition that holds the time. */
    public static final String CURRENT_TIME = "current_time";

    /** Whose time counts where a question brings its own. */
    public enum Precedence implements AccessSettings.Setting {
        /**
         * The engine's, in place of a caller's also where the model as it was last seen wants none: the model that decides may be a
         * newer one. So no caller makes a grant last longer.
         */
        ENGINE("engine"),
        /** The caller's, and the engine's where a question has none. */
        CALLER("caller");

        private final String wireName;

        Precedence(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    private static final ConditionClock NONE = new ConditionClock(() -> false, () -> Instant.EPOCH, Precedence.CALLER);

    private final BooleanSupplier isNeeded;
    private final InstantSource time;
    private final Precedence precedence;

    /**
     * @param isNeeded whether the model has a condition that wants the time; asked for each question, so quick
     * @param time the engine's clock
     * @param precedence whose time counts
     */
    public ConditionClock(BooleanSupplier isNeeded, InstantSource time, Precedence precedence) {
        this.isNeeded = Objects.requireNonNull(isNeeded, "isNeeded");
        this.time = Objects.requireNonNull(time, "time");
        this.precedence = Objects.requireNonNull(precedence, "precedence");
    }

    /**
     * @return one that supplies nothing
     */
    public static ConditionClock none() {
        return NONE;
    }

    /**
     * @param context of a question
     * @return whether it must be given the time
     */
    boolean isToBePutInto(Map<String, Object> context) {
        boolean isBrought = context.containsKey(CURRENT_TIME);
        return precedence == Precedence.ENGINE
                ? isBrought || isNeeded.getAsBoolean()
                : !isBrought && isNeeded.getAsBoolean();
    }

    /**
     * For an administrator, who may try out another time.
     *
     * @param context of a question
     * @return the same with the engine's time where the model wants one and the question has none
     */
    public Map<String, Object> completed(Map<String, Object> context) {
        if (context.containsKey(CURRENT_TIME) || !isNeeded.getAsBoolean()) {
            return context;
        }
        Map<String, Object> timed = new LinkedHashMap<>(context);
        timed.put(CURRENT_TIME, now());
        return timed;
    }

    /** The time as RFC 3339 has it. */
    String now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
