package io.mcpaccess.registry.impact;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.core.decision.TokenHolder;
import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.impact.Impact.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One side's checks of applications: got ready once for all tools and servers, then asked about one application after the other. */
final class ClientChecks {

    /** A call asks for the tool and for its server; in shadow mode a no counts only where both could be asked. */
    private static final int ALTERNATIVES = 2;

    private static final Subject ANY = Subject.of(TokenHolder.Application.TYPE, "any");

    private final boolean isAsked;
    private final List<SideTool> sideTools;
    private final List<List<Integer>> alternatives = new ArrayList<>();
    private final StoreSnapshot.PreparedChecks prepared;

    /**
     * Gets one side ready.
     *
     * @param side the side
     * @param sideTools the tools to answer for
     * @param context values for conditions; a question about an application brings no call's arguments along, so of these it has
     *     the time and the tool's properties
     */
    ClientChecks(ImpactSide side, List<SideTool> sideTools, Map<String, Object> context) {
        this.isAsked = side.access().checkClient();
        this.sideTools = sideTools;
        Map<TupleKey, Integer> numbers = new HashMap<>();
        List<TupleKey> checks = new ArrayList<>();
        if (isAsked) {
            for (SideTool sideTool : sideTools) {
                alternatives.add(sideTool.uses(side, ANY).stream()
                        .map(check -> number(check, numbers, checks))
                        .toList());
            }
        }
        this.prepared = side.permissions().prepare(checks, known(context));
    }

    private static int number(TupleKey check, Map<TupleKey, Integer> numbers, List<TupleKey> checks) {
        return numbers.computeIfAbsent(check, each -> {
            checks.add(each);
            return checks.size() - 1;
        });
    }

    private static Map<String, Object> known(Map<String, Object> context) {
        Map<String, Object> known = new HashMap<>(context);
        known.keySet().removeIf(name -> !name.equals(ConditionClock.CURRENT_TIME) && !name.startsWith("resource_"));
        return known;
    }

    /**
     * What comes of calls by way of one application.
     *
     * @param application as permissions name it; empty where its name cannot be put before the engine
     * @return the answer for each tool, in their order
     */
    List<Answer> ask(Optional<String> application) {
        if (!isAsked) {
            return sideTools.stream().map(sideTool -> Answer.YES).toList();
        }
        Map<Integer, Holding> held = application.map(prepared::ask).orElse(Map.of());
        List<Answer> answers = new ArrayList<>(sideTools.size());
        for (int i = 0; i < sideTools.size(); i++) {
            boolean isClear = application.isPresent() && alternatives.get(i).size() == ALTERNATIVES;
            answers.add(answer(
                    alternatives.get(i), held, isClear && sideTools.get(i).isShadowed()));
        }
        return answers;
    }

    /** One that is held is enough, but each has to have an answer. */
    private static Answer answer(List<Integer> alternatives, Map<Integer, Holding> held, boolean isShadowed) {
        Answer best = Answer.NO;
        for (int check : alternatives) {
            switch (held.getOrDefault(check, Holding.NO)) {
                case UNKNOWN -> {
                    return Answer.UNKNOWN;
                }
                case YES -> best = Answer.YES;
                case CONDITIONAL -> best = best == Answer.YES ? best : Answer.CONDITIONAL;
                case NO -> {
                    // The other one may be held.
                }
            }
        }
        return isShadowed ? Answer.YES : best;
    }
}
