package io.mcpaccess.registry.impact;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.am.DomainApplication;
import io.mcpaccess.registry.impact.Impact.Answer;
import io.mcpaccess.registry.impact.Impact.Layer;
import io.mcpaccess.registry.impact.Places.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Which applications may be used for which tool: all of them, unless the engine's settings want them to hold a relation of their own. */
final class ClientShifts {

    private static final String TYPE = "application";

    private final ImpactSide before;
    private final ImpactSide after;
    private final Map<String, Object> context;

    ClientShifts(ImpactSide before, ImpactSide after, Map<String, Object> context) {
        this.before = before;
        this.after = after;
        this.context = context;
    }

    /** Looks at the tools that are registered on both sides; where a tool comes or goes, that says it all. */
    void find(List<Place> places, BiConsumer<Tally, Tally.Found> taker, List<Tally> tallies) {
        if (!before.access().checkClient() && !after.access().checkClient()) {
            return;
        }
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (place.before().isPresent() && place.after().isPresent()) {
                for (DomainApplication application : after.applications()) {
                    compare(application, place, tallies.get(i), taker);
                }
            }
        }
    }

    private void compare(
            DomainApplication application, Place place, Tally tally, BiConsumer<Tally, Tally.Found> taker) {
        Answer was = answer(before, place.before().orElseThrow(), application);
        Answer is = answer(after, place.after().orElseThrow(), application);
        if (was != is) {
            String name = TYPE + ":" + application.clientId();
            Kin kin = new Kin(List.of(name), name, name, false);
            taker.accept(
                    tally, new Tally.Found(CallAnswers.change(was, is), Layer.CLIENT, kin, TYPE, was, is, List.of()));
        }
    }

    /** One of the checks is enough; in shadow mode none is. */
    private Answer answer(ImpactSide side, Spot spot, DomainApplication application) {
        if (!side.access().checkClient() || spot.isShadowed()) {
            return Answer.YES;
        }
        Answer best = Answer.NO;
        for (TupleKey check : spot.uses(side, Subject.of(TYPE, application.clientId()))) {
            Holding held = side.permissions()
                    .panel(List.of(check), context)
                    .ask(check.user())
                    .getOrDefault(0, Holding.NO);
            Answer answer = CallAnswers.of(Optional.of(spot), held);
            if (best == Answer.NO || answer == Answer.YES) {
                best = answer;
            }
        }
        return best;
    }
}
