package io.mcpaccess.amctl.replay;

import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.TupleKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The evaluator of this process, which the embedded store has, too.
 *
 * @param store the permissions that are asked
 * @param context values for conditions: the time
 */
public record LocalEngine(StoreSnapshot store, Map<String, Object> context) implements ReplayEngine {

    public LocalEngine {
        context = Map.copyOf(context);
    }

    @Override
    public Map<TupleKey, Holding> answers(Set<TupleKey> questions) {
        Map<String, List<TupleKey>> byUser = new LinkedHashMap<>();
        Map<TupleKey, Integer> numbers = new HashMap<>();
        List<TupleKey> checks = new ArrayList<>();
        for (TupleKey question : questions) {
            byUser.computeIfAbsent(question.user(), user -> new ArrayList<>()).add(question);
            numbers.computeIfAbsent(anybodys(question), check -> {
                checks.add(check);
                return checks.size() - 1;
            });
        }
        StoreSnapshot.PreparedChecks prepared = store.prepare(checks, context);
        Map<TupleKey, Holding> answers = new HashMap<>();
        byUser.forEach((user, asked) -> {
            Map<Integer, Holding> held = prepared.ask(user);
            asked.forEach(
                    question -> answers.put(question, held.getOrDefault(numbers.get(anybodys(question)), Holding.NO)));
        });
        return answers;
    }

    private static TupleKey anybodys(TupleKey question) {
        return new TupleKey("", question.relation(), question.object());
    }
}
