package io.mcpaccess.registry.impact;

import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.impact.Places.CheckPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The checks of both sides, without those whose answers cannot differ: where model and naming stay, a change of tuples touches what
 * hangs on them and nothing else. For one thread.
 */
final class SideChecks {

    private final Side before;
    private final Side after;
    private final boolean isSameStore;

    SideChecks(ImpactSide before, ImpactSide after, Places places, Map<String, Object> context) {
        boolean[] asked = new boolean[places.checks().size()];
        Optional<Set<String>> touched = before.permissions() == after.permissions()
                ? Optional.of(Set.of())
                : after.permissions().touched();
        for (int i = 0; i < asked.length; i++) {
            asked[i] = mayDiffer(places.checks().get(i), touched);
        }
        places.all().forEach(place -> asked[place.check()] |= !place.isSameKind());
        this.isSameStore = before.permissions() == after.permissions();
        this.before = new Side(before.permissions(), places.checks(), asked, CheckPair::before, context);
        this.after = new Side(after.permissions(), places.checks(), asked, CheckPair::after, context);
    }

    private static boolean mayDiffer(CheckPair pair, Optional<Set<String>> touched) {
        return !pair.before().equals(pair.after())
                || touched.isEmpty()
                || pair.after()
                        .filter(key -> touched.get().contains(key.object()))
                        .isPresent();
    }

    /** Whether the question is about one store, so that conditions cannot differ either. */
    boolean isSameStore() {
        return isSameStore;
    }

    Map<Integer, Holding> before(Kin kin) {
        return before.ask(kin.before());
    }

    Map<Integer, Holding> after(Kin kin) {
        return after.ask(kin.after());
    }

    /** One side's checks, and which of the places' each of them is. */
    private static final class Side {

        private final StoreSnapshot.PreparedChecks prepared;
        private final List<Integer> numbers = new ArrayList<>();

        Side(
                StoreSnapshot store,
                List<CheckPair> pairs,
                boolean[] asked,
                Function<CheckPair, Optional<TupleKey>> side,
                Map<String, Object> context) {
            List<TupleKey> checks = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                Optional<TupleKey> check = side.apply(pairs.get(i));
                if (asked[i] && check.isPresent()) {
                    checks.add(check.get());
                    numbers.add(i);
                }
            }
            this.prepared = store.prepare(checks, context);
        }

        Map<Integer, Holding> ask(String user) {
            Map<Integer, Holding> answers = new HashMap<>();
            prepared.ask(user).forEach((check, holding) -> answers.put(numbers.get(check), holding));
            return answers;
        }
    }
}
