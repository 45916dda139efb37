package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.CheckEvaluation;
import io.mcpaccess.openfga.embedded.evaluation.PreparedCheck;
import io.mcpaccess.openfga.embedded.evaluation.RequestRules;
import io.mcpaccess.openfga.embedded.explain.Explanation.Answer;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains checks. Thread-safe. */
public final class Explainer {

    /** How long an explanation may take. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    /** A repair is tried out with a check, which must not eat up the time of the others. */
    private static final Duration TRY_LIMIT = Duration.ofMillis(100);

    /**
     * Explains why a check is answered as it is.
     *
     * @param view model and tuples
     * @param request the check
     * @param timeLimit how long to look at most; {@link #TIME_LIMIT} is usual
     * @return the explanation; never throws for what a request may hold
     */
    public Explanation explain(StoreView view, CheckRequest request, Duration timeLimit) {
        long end = System.nanoTime() + timeLimit.toNanos();
        try {
            PreparedCheck check = view.prepare(request, timeLimit);
            CheckEvaluation evaluation = check.evaluation();
            boolean allowed = evaluation.isAllowed(check.object(), check.relation());
            Wording wording = new Wording(check);
            ProofSearch proofs = new ProofSearch(check, wording);
            return allowed
                    ? allow(request.tuple(), check, proofs)
                    : deny(view, request, check, proofs, wording, Optional.ofNullable(evaluation.error()), end);
        } catch (OpenFgaException e) {
            return new Explanation(
                    request.tuple(),
                    Answer.ERROR,
                    Optional.of(e.error()),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    true);
        }
    }

    private static Explanation allow(TupleKey question, PreparedCheck check, ProofSearch proofs) {
        Proof proof = proofs.prove(check.object(), check.relation());
        return new Explanation(
                question,
                Answer.ALLOW,
                Optional.empty(),
                proof == null ? List.of() : proof.steps(),
                List.of(),
                List.of(),
                List.of(),
                proof != null && proofs.isComplete());
    }

    private static Explanation deny(
            StoreView view,
            CheckRequest request,
            PreparedCheck check,
            ProofSearch proofs,
            Wording wording,
            Optional<OpenFgaError> error,
            long end) {
        Obstacles obstacles = new Obstacles(check.question(), wording);
        RepairSearch search = new RepairSearch(check, proofs, wording, obstacles);
        List<List<StoredTuple>> missing = new ArrayList<>();
        boolean isTried = true;
        for (Repair repair : search.repairs()) {
            List<StoredTuple> tuples = List.copyOf(repair.tuples().values());
            long left = end - System.nanoTime();
            if (left <= 0) {
                isTried = false;
            } else if (!tuples.isEmpty() && wouldAllow(view, request, tuples, Duration.ofNanos(left))) {
                missing.add(tuples);
            }
        }
        return new Explanation(
                request.tuple(),
                error.isPresent() ? Answer.ERROR : Answer.DENY,
                error,
                List.of(),
                missing,
                obstacles.conditions(),
                obstacles.blocked(),
                isTried && search.isComplete() && proofs.isComplete());
    }

    /** What hides another user cannot be tried out, nor be of use; what needs a condition depends on its context. */
    private static boolean wouldAllow(StoreView view, CheckRequest request, List<StoredTuple> tuples, Duration left) {
        Duration limit = left.compareTo(TRY_LIMIT) < 0 ? left : TRY_LIMIT;
        if (tuples.stream().anyMatch(tuple -> tuple.toString().contains(Wording.SOMEBODY))) {
            return false;
        }
        List<StoredTuple> contextual = new ArrayList<>(request.contextualTuples());
        contextual.addAll(tuples);
        if (contextual.size() > RequestRules.MAX_CONTEXTUAL_TUPLES) {
            return false;
        }
        CheckOutcome outcome = view.check(new CheckRequest(request.tuple(), request.context(), contextual), limit);
        boolean conditional =
                tuples.stream().anyMatch(tuple -> tuple.condition().isPresent());
        return outcome.isAllowed() || conditional;
    }
}
