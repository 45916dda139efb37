package io.mcpaccess.openfga.embedded.explain;

import java.util.ArrayList;
import java.util.List;

/** A path from an object to the user, and how many tuples it takes. */
record Proof(int tuples, List<ProofStep> steps) {

    Proof {
        steps = List.copyOf(steps);
    }

    static Proof none() {
        return new Proof(0, List.of());
    }

    static Proof of(ProofStep step) {
        return new Proof(step.tuple().isPresent() ? 1 : 0, List.of(step));
    }

    /** This proof below a step. */
    Proof under(ProofStep step) {
        List<ProofStep> all = new ArrayList<>();
        all.add(step);
        steps.forEach(inner -> all.add(inner.deeper(1)));
        return new Proof(tuples + (step.tuple().isPresent() ? 1 : 0), all);
    }

    Proof and(Proof other) {
        List<ProofStep> all = new ArrayList<>(steps);
        all.addAll(other.steps);
        return new Proof(tuples + other.tuples, all);
    }

    /** The shorter one; null is no proof. */
    static Proof shorter(Proof first, Proof second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        boolean secondWins = second.tuples < first.tuples
                || (second.tuples == first.tuples && second.steps.size() < first.steps.size());
        return secondWins ? second : first;
    }
}
