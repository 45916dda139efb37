package io.mcpaccess.openfga.embedded.snapshot;

import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.CheckEvaluation;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.Possibility;
import io.mcpaccess.openfga.embedded.evaluation.Question;
import io.mcpaccess.openfga.embedded.evaluation.RelationPlan;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import io.mcpaccess.openfga.embedded.tuples.UserText;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks whose objects and relations are looked up once. For one thread. */
final class EmbeddedChecks implements StoreSnapshot.PreparedChecks {

    private static final int NO_CHECK = -1;

    private final ModelPlan plan;
    private final TupleSnapshot tuples;
    private final Map<String, Object> context;
    private final Duration longestCheck;
    private final Reach reach;
    private final RelationPlan[] relations;
    private final int[] firstOfObject;
    private final int[] nextOfObject;
    private final boolean hasConditions;

    EmbeddedChecks(StoreView view, List<TupleKey> checks, Map<String, Object> context, Duration longestCheck) {
        this.plan = view.plan();
        this.tuples = view.snapshot();
        this.context = context;
        this.longestCheck = longestCheck;
        this.reach = new Reach(tuples);
        this.hasConditions = !plan.model().conditions().isEmpty();
        this.relations = new RelationPlan[checks.size()];
        this.firstOfObject = new int[tuples.lastObject() + 1];
        this.nextOfObject = new int[checks.size()];
        Arrays.fill(firstOfObject, NO_CHECK);
        for (int i = 0; i < checks.size(); i++) {
            UserText object = UserText.of(checks.get(i).object());
            int number = tuples.object(tuples.symbols().find(object.type()), object.id());
            relations[i] = plan.relation(object.type(), checks.get(i).relation());
            if (number != 0 && relations[i] != null) {
                nextOfObject[i] = firstOfObject[number];
                firstOfObject[number] = i;
            }
        }
    }

    @Override
    public Map<Integer, Holding> ask(String user) {
        UserText who = UserText.of(user);
        Map<Integer, Holding> answers = new HashMap<>();
        if (!plan.hasType(who.type())) {
            return answers;
        }
        Evaluations evaluations = new Evaluations(who);
        int type = tuples.symbols().find(who.type());
        reach.from(
                object -> {
                    for (int check = firstOfObject[object]; check != NO_CHECK; check = nextOfObject[check]) {
                        Holding holding = evaluations.ask(object, relations[check]);
                        if (holding != Holding.NO) {
                            answers.put(check, holding);
                        }
                    }
                },
                tuples.object(type, who.id()),
                tuples.object(type, "*"));
        return answers;
    }

    /** One user's checks, which share what they find on their way as long as the time of one check lasts. */
    private final class Evaluations {

        private final UserText who;
        private CheckEvaluation evaluation;
        private Possibility possibility;
        private long end;

        Evaluations(UserText who) {
            this.who = who;
        }

        Holding ask(int object, RelationPlan relation) {
            long now = System.nanoTime();
            if (evaluation == null || end - now < longestCheck.toNanos() / 2) {
                end = now + longestCheck.toNanos();
                TupleView view = new TupleView(tuples);
                int subject = view.object(tuples.symbols().find(who.type()), who.id());
                Question question = new Question(plan, view, context, end);
                evaluation = new CheckEvaluation(question, subject, Symbols.NONE);
                possibility = new Possibility(question, subject);
            }
            boolean isAllowed = evaluation.isAllowed(object, relation);
            OpenFgaError error = evaluation.error();
            if (error != null && error.about() == OpenFgaError.About.EFFORT) {
                return Holding.UNKNOWN;
            }
            if (!hasConditions) {
                return isAllowed ? Holding.YES : Holding.NO;
            }
            return switch (possibility.of(object, relation)) {
                case MAYBE -> Holding.CONDITIONAL;
                case NO -> isAllowed ? Holding.YES : Holding.NO;
                case YES -> isAllowed ? Holding.YES : error == null ? Holding.NO : Holding.CONDITIONAL;
            };
        }
    }
}
