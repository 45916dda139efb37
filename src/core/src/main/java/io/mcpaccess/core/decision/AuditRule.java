package io.mcpaccess.core.decision;

import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * Which decisions stand in AM's audit log. Whatever was not plainly permitted always does: refusals, what shadow mode let
 * through, and questions without an answer. Only permitted calls may be left out, since they are most of all rows.
 *
 * @param oneIn of so many permitted calls one stands there, on average: 1 for each of them, 0 for none
 */
public record AuditRule(int oneIn) {

    /** Every decision. */
    public static final AuditRule ALL = new AuditRule(1);

    /** What is sampled where a sample is wanted and nobody says how large. */
    public static final int DEFAULT_SAMPLE = 100;

    /** Of how many permitted calls one may be left at the most: a rarer one is none. */
    public static final int LARGEST_SAMPLE = 1_000_000;

    public AuditRule {
        if (oneIn < 0 || oneIn > LARGEST_SAMPLE) {
            throw new IllegalArgumentException(
                    "Of permitted calls one in 0 to " + LARGEST_SAMPLE + " can be audited, not one in " + oneIn + ".");
        }
    }

    /**
     * The rule as an administrator sets it.
     *
     * @param choice which decisions
     * @param sample of how many permitted calls one; counts for {@link Choice#SAMPLE} alone
     * @return the rule
     */
    public static AuditRule of(Choice choice, int sample) {
        return switch (choice) {
            case ALL -> ALL;
            case REFUSED -> new AuditRule(0);
            case SAMPLE -> new AuditRule(sample);
        };
    }

    /**
     * Whether a decision is audited.
     *
     * @param outcome what was decided
     * @param random gives a number from 0 up to, but without, its argument; asked for sampled permits alone
     * @return whether it is
     */
    public boolean takes(Outcome outcome, IntUnaryOperator random) {
        Objects.requireNonNull(outcome, "outcome");
        return !(outcome instanceof Outcome.Permitted) || takesPermit(random);
    }

    /**
     * Whether a permitted call is audited. No count of calls decides that: whoever knows the rhythm could stay between the
     * audited ones.
     *
     * @param random gives a number from 0 up to, but without, its argument
     * @return whether it is
     */
    public boolean takesPermit(IntUnaryOperator random) {
        return oneIn == 1 || oneIn > 1 && random.applyAsInt(oneIn) == 0;
    }

    /** What an administrator may choose. */
    public enum Choice implements AccessSettings.Setting {
        /** Every decision. */
        ALL("all"),
        /** What was not permitted. */
        REFUSED("refused"),
        /** The same, and some of what was permitted. */
        SAMPLE("sample");

        private final String wireName;

        Choice(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }
}
