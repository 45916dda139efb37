package io.mcpaccess.registry.impact;

import io.mcpaccess.core.decision.TokenHolder;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.registry.am.DomainApplication;
import io.mcpaccess.registry.impact.Impact.Answer;
import io.mcpaccess.registry.impact.Impact.Layer;
import io.mcpaccess.registry.impact.Places.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which applications may be used for which tool: all of them, unless the engine's settings want them to hold a relation of their own. */
final class ClientShifts {

    private static final String TYPE = TokenHolder.Application.TYPE;

    private final ImpactSide before;
    private final ImpactSide after;
    private final Map<String, Object> context;
    private final ImpactLimits limits;

    ClientShifts(ImpactSide before, ImpactSide after, Map<String, Object> context, ImpactLimits limits) {
        this.before = before;
        this.after = after;
        this.context = context;
        this.limits = limits;
    }

    /**
     * Looks at the tools that are open to somebody on both sides; where a tool comes or goes, or is not told apart from another any
     * more, that says it all.
     *
     * @return whether everything was worked out
     */
    boolean find(List<Place> places, BiConsumer<Tally, Tally.Found> taker, List<Tally> tallies) {
        if (!before.access().checkClient() && !after.access().checkClient()) {
            return true;
        }
        int[] open = IntStream.range(0, places.size())
                .filter(i ->
                        isOpen(places.get(i).before()) && isOpen(places.get(i).after()))
                .toArray();
        ClientChecks was = prepared(before, open, place -> places.get(place).before());
        ClientChecks is = prepared(after, open, place -> places.get(place).after());
        boolean complete = true;
        for (DomainApplication application : after.applications()) {
            if (limits.isLate()) {
                return false;
            }
            Optional<String> name = name(application);
            List<Answer> answersBefore = was.ask(name);
            List<Answer> answersAfter = is.ask(name);
            Kin kin = kin(name.orElse(TYPE + ":" + application.clientId()));
            for (int i = 0; i < open.length; i++) {
                Answer old = answersBefore.get(i);
                Answer now = answersAfter.get(i);
                complete &= old != Answer.UNKNOWN && now != Answer.UNKNOWN;
                if (old != now) {
                    taker.accept(
                            tallies.get(open[i]),
                            new Tally.Found(
                                    CallAnswers.change(old, now), Layer.CLIENT, kin, TYPE, old, now, List.of()));
                }
            }
        }
        return complete;
    }

    private ClientChecks prepared(ImpactSide side, int[] open, IntFunction<Optional<SideTool>> sideTools) {
        return new ClientChecks(
                side,
                IntStream.of(open)
                        .mapToObj(sideTools)
                        .map(Optional::orElseThrow)
                        .toList(),
                context);
    }

    private static boolean isOpen(Optional<SideTool> sideTool) {
        return sideTool.filter(each -> !each.isAmbiguous() && each.call().isPresent())
                .isPresent();
    }

    private static Kin kin(String name) {
        return new Kin(List.of(name), name, name, false);
    }

    private static Optional<String> name(DomainApplication application) {
        try {
            return Optional.of(Identifiers.user(TYPE, application.clientId()));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
