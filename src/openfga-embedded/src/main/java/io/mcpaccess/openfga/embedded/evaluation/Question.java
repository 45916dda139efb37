package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.condition.CompiledCondition;
import io.mcpaccess.openfga.embedded.condition.ConditionOutcome;
import io.mcpaccess.openfga.embedded.condition.ParameterTypeException;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError.About;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import java.util.List;
import java.util.Map;

/**
 * What all walks of one request share: the plan, the tuples, the context and the clock. For one thread.
 *
 * <p>Which tuples count is decided here: a tuple that the model does not allow is passed over as if it were not there
 * (the model may have changed since it was written), and a condition must be met.
 */
public final class Question {

    /** OpenFGA's limit (resolve-node-limit): a walk that goes from object to object more often is an error. */
    public static final int MAX_DEPTH = 25;

    private static final int STEPS_BETWEEN_CLOCK_READINGS = 256;

    private final ModelPlan plan;
    private final TupleView tuples;
    private final Map<String, Object> context;
    private final long deadline;
    private final boolean isAtOnce;
    private Boolean isBrief;
    private int steps;
    private boolean late;
    private OpenFgaError lastError;

    /** Whether a tuple counts. */
    public enum Counts {
        /** It does. */
        YES,
        /** It does not. */
        NO,
        /** Nobody can say, as its condition could not be decided. */
        UNDECIDED
    }

    /**
     * A question.
     *
     * @param plan the model
     * @param tuples the tuples, contextual ones included
     * @param context the request's context
     * @param deadline when to give up, as {@link System#nanoTime} counts
     */
    public Question(ModelPlan plan, TupleView tuples, Map<String, Object> context, long deadline) {
        this(plan, tuples, context, deadline, false);
    }

    /**
     * A question.
     *
     * @param plan the model
     * @param tuples the tuples, contextual ones included
     * @param context the request's context
     * @param deadline when to give up, as {@link System#nanoTime} counts
     * @param isAtOnce whether the thread must not be held: what may take long then throws {@link NeedsTimeException}
     */
    public Question(ModelPlan plan, TupleView tuples, Map<String, Object> context, long deadline, boolean isAtOnce) {
        this.isAtOnce = isAtOnce;
        this.plan = plan;
        this.tuples = tuples;
        this.context = context;
        this.deadline = deadline;
    }

    /**
     * The model.
     *
     * @return the plan
     */
    public ModelPlan plan() {
        return plan;
    }

    /**
     * The tuples.
     *
     * @return snapshot and contextual tuples
     */
    public TupleView tuples() {
        return tuples;
    }

    /**
     * Whether there is no time left; reads the clock now and then.
     *
     * @return true once the deadline has passed, and ever after
     * @throws NeedsTimeException instead, where the thread must not be held
     */
    public boolean isLate() {
        if (!late && ++steps % STEPS_BETWEEN_CLOCK_READINGS == 0) {
            readClock();
        }
        return late;
    }

    private boolean readClock() {
        late = late || System.nanoTime() - deadline > 0;
        if (late && isAtOnce) {
            throw NeedsTimeException.INSTANCE;
        }
        return late;
    }

    /**
     * The request's context.
     *
     * @return values for conditions
     */
    public Map<String, Object> context() {
        return context;
    }

    static OpenFgaError tooLate() {
        return new OpenFgaError(
                OpenFgaCode.DEADLINE_EXCEEDED, "the deadline passed before there was an answer", About.EFFORT);
    }

    static OpenFgaError tooDeep() {
        return new OpenFgaError(
                OpenFgaCode.RESOLUTION_TOO_COMPLEX,
                "the answer needs more than " + MAX_DEPTH
                        + " steps from object to object: look for a chain of tuples that is too long, or simplify the"
                        + " model",
                About.EFFORT);
    }

    /** The error behind the last {@link Counts#UNDECIDED}. */
    OpenFgaError lastError() {
        return lastError;
    }

    /**
     * Whether a tuple counts towards a relation.
     *
     * @param relation the tuple's relation
     * @param tuple the tuple
     * @return yes, no, or that nobody can say
     */
    public Counts counts(RelationPlan relation, int tuple) {
        if (!isValid(relation, tuple)) {
            return Counts.NO;
        }
        StoredTuple.Condition condition = tuples.condition(tuple);
        return condition == null ? Counts.YES : evaluate(condition, tuple);
    }

    /**
     * The condition of a tuple evaluated.
     *
     * @param condition a condition of the model, with the context stored with the tuple
     * @return what came of it
     */
    public ConditionOutcome outcome(StoredTuple.Condition condition) {
        // A condition may be worth many steps: each reads the clock.
        if (readClock()) {
            return new ConditionOutcome.Undecided(tooLate().message(), List.of());
        }
        if (isAtOnce && !isBrief(condition)) {
            throw NeedsTimeException.INSTANCE;
        }
        return plan.condition(condition.name()).evaluate(context, condition.context());
    }

    /**
     * Whether the model allows a tuple, its condition aside.
     *
     * @param relation the tuple's relation
     * @param tuple the tuple
     * @return true if so
     */
    public boolean isValid(RelationPlan relation, int tuple) {
        int object = tuples.subjectObject(tuple);
        int type = tuples.type(object);
        int kind = tuples.subjectRelation(tuple);
        if (kind == Symbols.NONE && tuples.isWildcard(object)) {
            kind = RelationPlan.WILDCARD;
        }
        if (kind != Symbols.NONE && relation.isTupleset() || !relation.accepts(type, kind)) {
            return false;
        }
        StoredTuple.Condition condition = tuples.condition(tuple);
        return relation.acceptsCondition(type, kind, condition == null ? null : condition.name())
                && (condition == null || fits(condition));
    }

    private boolean fits(StoredTuple.Condition condition) {
        CompiledCondition compiled = plan.condition(condition.name());
        return compiled != null
                && compiled.definition()
                        .parameters()
                        .keySet()
                        .containsAll(condition.context().keySet());
    }

    private boolean isBrief(StoredTuple.Condition condition) {
        if (isBrief == null) {
            isBrief = Brevity.isSmall(context);
        }
        return isBrief && plan.isBrief(condition.name()) && Brevity.isSmall(condition.context());
    }

    private Counts evaluate(StoredTuple.Condition condition, int tuple) {
        CompiledCondition compiled = plan.condition(condition.name());
        ConditionOutcome outcome = outcome(condition);
        if (outcome instanceof ConditionOutcome.Met) {
            return Counts.YES;
        }
        if (outcome instanceof ConditionOutcome.NotMet || !fitsStill(compiled, condition)) {
            return Counts.NO;
        }
        if (late) {
            lastError = tooLate();
            return Counts.UNDECIDED;
        }
        ConditionOutcome.Undecided undecided = (ConditionOutcome.Undecided) outcome;
        StoredTuple stored = tuples.stored(tuple);
        lastError = new OpenFgaError(
                OpenFgaCode.VALIDATION_ERROR,
                "failed to evaluate relationship condition: '" + condition.name() + "' - tuple '"
                        + stored.key().object() + "#" + stored.key().relation() + "@"
                        + stored.key().user() + "': " + undecided.message(),
                About.CONDITION);
        return Counts.UNDECIDED;
    }

    private static boolean fitsStill(CompiledCondition compiled, StoredTuple.Condition condition) {
        try {
            compiled.validateStored(condition.context());
            return true;
        } catch (ParameterTypeException e) {
            return false;
        }
    }
}
