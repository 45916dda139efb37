package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.condition.CompiledCondition;
import io.mcpaccess.openfga.embedded.condition.ConditionOutcome;
import io.mcpaccess.openfga.embedded.evaluation.Question;
import io.mcpaccess.openfga.embedded.evaluation.RelationPlan;
import io.mcpaccess.openfga.embedded.explain.FailedCondition.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands against an allow: conditions that are not met, and exclusions. For one thread. */
final class Obstacles {

    private static final int MOST = 20;

    private final Question question;
    private final Wording wording;
    private final Set<FailedCondition> conditions = new LinkedHashSet<>();
    private final Set<Blocked> blocked = new LinkedHashSet<>();

    Obstacles(Question question, Wording wording) {
        this.question = question;
        this.wording = wording;
    }

    List<FailedCondition> conditions() {
        return new ArrayList<>(conditions);
    }

    List<Blocked> blocked() {
        return new ArrayList<>(blocked);
    }

    void blocked(int object, RelationPlan relation, Proof because) {
        if (blocked.size() < MOST) {
            blocked.add(new Blocked(
                    wording.user() + " is excluded from " + wording.relation(relation.relation()) + " of "
                            + wording.object(object),
                    wording.line(relation),
                    because.steps()));
        }
    }

    /** A tuple that is there; nothing is recorded if its condition is not what keeps it from counting. */
    void condition(RelationPlan relation, int tuple) {
        StoredTuple.Condition condition = question.tuples().condition(tuple);
        if (condition == null || !question.isValid(relation, tuple) || conditions.size() >= MOST) {
            return;
        }
        ConditionOutcome outcome = question.outcome(condition);
        if (outcome instanceof ConditionOutcome.Undecided undecided) {
            add(tuple, condition, Problem.UNDECIDED, undecided.parameters());
        } else if (outcome instanceof ConditionOutcome.NotMet) {
            CompiledCondition compiled = question.plan().condition(condition.name());
            add(
                    tuple,
                    condition,
                    Problem.NOT_MET,
                    compiled.parametersOfWhatIsFalse(question.context(), condition.context()));
        }
    }

    private void add(int tuple, StoredTuple.Condition condition, Problem problem, List<String> parameters) {
        Optional<Instant> expired =
                problem == Problem.NOT_MET ? GrantEnd.of(parameters, question.context(), condition) : Optional.empty();
        conditions.add(new FailedCondition(
                wording.tuple(tuple), condition.name(), problem, parameters, expired, wording.line(condition.name())));
    }
}
