package io.mcpaccess.registry.impact;

import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.registry.impact.Impact.Answer;
import io.mcpaccess.registry.impact.Impact.Change;
import io.mcpaccess.registry.impact.Impact.Layer;
import io.mcpaccess.registry.impact.Places.Place;
import io.mcpaccess.registry.impact.Tally.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares two sides of a change: every subject that a tuple names, and everybody else, with every tool. Each question is asked once
 * for all subjects and tools that permissions do not tell apart, so the answer is that of all single questions. For one thread; the
 * memory grows with what changes and not with the pairs that there are.
 */
public final class ImpactAnalysis {

    private static final List<String> TYPES = List.of("user", "agent", "application");

    private final ImpactSide before;
    private final ImpactSide after;
    private final Map<String, Object> context;
    private final Map<String, String> renamed;
    private final ImpactLimits limits;
    private final ImpactProgress progress;

    private final Places places;
    private final Map<Integer, List<Integer>> byCheck;
    private final List<Integer> others;
    private final SideChecks sides;
    private final Reasons reasons;
    private long kept;
    private boolean complete = true;
    private final long[] figures = new long[Change.values().length];

    /**
     * A comparison.
     *
     * @param before the domain as it is
     * @param after the domain as it would be
     * @param context values for conditions; without them what hangs on a condition is said to
     * @param renamed where the sides name users differently, the name of after by the name of before ({@code user:id}, encoded)
     * @param limits how much is worked out and kept
     * @param progress hears how far it is
     */
    public ImpactAnalysis(
            ImpactSide before,
            ImpactSide after,
            Map<String, Object> context,
            Map<String, String> renamed,
            ImpactLimits limits,
            ImpactProgress progress) {
        this.before = Objects.requireNonNull(before, "before");
        this.after = Objects.requireNonNull(after, "after");
        this.context = Map.copyOf(context);
        this.renamed = Map.copyOf(renamed);
        this.limits = Objects.requireNonNull(limits, "limits");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.places = Places.of(before, after);
        this.byCheck = places.byCheck();
        this.others = places.others();
        this.sides = new SideChecks(before, after, places, this.context);
        this.reasons = new Reasons(before.permissions(), after.permissions(), this.context, limits.explained());
    }

    /**
     * Works it out.
     *
     * @return the impact
     * @throws java.util.concurrent.CancellationException when the listener of the progress ends it
     */
    public Impact run() {
        List<Tally> tallies = places.all().stream().map(place -> new Tally()).toList();
        List<String> notes = new ArrayList<>();
        int subjects = 0;
        for (String type : TYPES) {
            subjects += permissions(type, tallies);
        }
        complete &= new ClientShifts(before, after, context, limits).find(places.all(), this::take, tallies);
        if (!complete) {
            notes.add("Not everything was worked out: there was no time for all of it, or a question was too complex.");
        }
        List<Impact.ToolImpact> tools = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            if (!tallies.get(i).isEmpty()) {
                tools.add(tallies.get(i)
                        .impact(places.all().get(i).any(), shifts(places.all().get(i), tallies.get(i))));
            }
        }
        if (kept > limits.lines()) {
            notes.add("More than " + limits.lines() + " changes: the figures count all, the list has the first.");
        }
        progress.reached(100);
        return new Impact(
                tools,
                Approvals.of(places.all()),
                new Impact.Figures(
                        before.permissions().size(),
                        after.permissions().size(),
                        subjects,
                        places.all().size(),
                        after.applications().size(),
                        figures[Change.GAINS.ordinal()],
                        figures[Change.LOSES.ordinal()],
                        figures[Change.CHANGES.ordinal()]),
                notes,
                complete && kept <= limits.lines());
    }

    private int permissions(String type, List<Tally> tallies) {
        boolean isRenamed = type.equals("user")
                && before.access().subject() != after.access().subject();
        List<Kin> kin = isRenamed
                ? Kin.renamed(before.permissions(), after.permissions(), type, renamed)
                : Kin.of(before.permissions(), after.permissions(), type);
        int subjects = 0;
        for (int i = 0; i < kin.size(); i++) {
            if (i % 50 == 0) {
                progress.reached((int) (95L * i / kin.size()));
                if (limits.isLate()) {
                    complete = false;
                    return subjects;
                }
            }
            compare(kin.get(i), type, tallies);
            subjects += kin.get(i).members().size();
        }
        return subjects;
    }

    private void compare(Kin kin, String type, List<Tally> tallies) {
        Map<Integer, Holding> was = sides.before(kin);
        Map<Integer, Holding> is = sides.after(kin);
        Set<Integer> checks = new TreeSet<>(was.keySet());
        checks.addAll(is.keySet());
        for (int check : checks) {
            for (int place : byCheck.getOrDefault(check, List.of())) {
                compare(kin, type, places.all().get(place), tallies.get(place), was, is);
            }
        }
        for (int place : others) {
            compare(kin, type, places.all().get(place), tallies.get(place), was, is);
        }
    }

    private void compare(
            Kin kin, String type, Place place, Tally tally, Map<Integer, Holding> was, Map<Integer, Holding> is) {
        Answer old = CallAnswers.of(place.before(), was.getOrDefault(place.check(), Holding.NO));
        Answer now = CallAnswers.of(place.after(), is.getOrDefault(place.check(), Holding.NO));
        tally.count(kin, type, old, now);
        complete &= old != Answer.UNKNOWN && now != Answer.UNKNOWN;
        if (old != now) {
            Change change = CallAnswers.change(old, now);
            take(tally, new Found(change, CallAnswers.layer(place), kin, type, old, now, List.of()));
        } else if (now == Answer.CONDITIONAL && !sides.isSameStore()) {
            List<String> terms = reasons.newTerms(kin, place);
            if (!terms.isEmpty()) {
                take(tally, new Found(Change.CHANGES, Layer.PERMISSION, kin, type, old, now, terms));
            }
        }
    }

    private void take(Tally tally, Found found) {
        int pairs = Math.max(1, found.kin().members().size());
        figures[found.change().ordinal()] += pairs;
        kept += pairs;
        if (kept <= limits.lines()) {
            tally.add(found);
        }
    }

    private List<Impact.Shift> shifts(Place place, Tally tally) {
        return tally.found().stream()
                .map(found -> {
                    Optional<StoreSnapshot.Reason> reason =
                            found.layer() == Layer.CLIENT ? Optional.empty() : reasons.of(found, place);
                    return new Impact.Shift(
                            found.change(),
                            found.layer(),
                            found.kin().members(),
                            found.kin().isEveryoneElse() ? Optional.of(found.type()) : Optional.empty(),
                            found.before(),
                            found.after(),
                            found.terms().isEmpty()
                                    ? reason.map(each -> each.conditions()).orElse(List.of())
                                    : found.terms(),
                            reason.map(each -> each.text()));
                })
                .toList();
    }
}
