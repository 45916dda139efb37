package io.mcpaccess.registry.impact;

import io.mcpaccess.registry.impact.Impact.Answer;
import io.mcpaccess.registry.impact.Impact.Change;
import io.mcpaccess.registry.impact.Impact.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is found about one tool while subjects are gone through. For one thread. */
final class Tally {

    private final List<Found> found = new ArrayList<>();
    private int holdersBefore;
    private int holdersAfter;
    private boolean everyoneBefore;
    private boolean everyoneAfter;

    /** A change, its reason not asked for yet. */
    record Found(Change change, Layer layer, Kin kin, String type, Answer before, Answer after, List<String> terms) {}

    /** Counts who can call the tool; an application by its own token is nobody's user. */
    void count(Kin kin, String type, Answer before, Answer after) {
        boolean could = before == Answer.YES || before == Answer.CONDITIONAL;
        boolean can = after == Answer.YES || after == Answer.CONDITIONAL;
        if (kin.isEveryoneElse()) {
            everyoneBefore |= could && type.equals("user");
            everyoneAfter |= can && type.equals("user");
        } else {
            holdersBefore += could ? kin.members().size() : 0;
            holdersAfter += can ? kin.members().size() : 0;
        }
    }

    void add(Found change) {
        found.add(change);
    }

    List<Found> found() {
        return found;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    Impact.ToolImpact impact(SideTool sideTool, List<Impact.Shift> shifts) {
        return new Impact.ToolImpact(
                sideTool.server().name(),
                Optional.of(sideTool.server().clientId()).filter(id -> !id.isEmpty()),
                sideTool.tool().key(),
                shifts,
                holdersBefore,
                holdersAfter,
                everyoneBefore,
                everyoneAfter);
    }
}
