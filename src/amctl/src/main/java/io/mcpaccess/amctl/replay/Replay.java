package io.mcpaccess.amctl.replay;

import io.mcpaccess.amctl.audit.AuditedDecision;
import io.mcpaccess.amctl.audit.AuditedDecision.Kind;
import io.mcpaccess.amctl.audit.AuditedDecision.Verdict;
import io.mcpaccess.openfga.Holding;
import io.mcpaccess.openfga.TupleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks the permissions behind decisions again. What the permissions had no part in, and what hangs on values that nobody keeps, is
 * counted apart.
 *
 * @param decisions how many there were
 * @param asked how many of them were asked again
 * @param flips those that would end otherwise, the most frequent first
 * @param apart how many were not asked again, or have no answer, and why
 */
public record Replay(int decisions, int asked, List<Flip> flips, Map<Apart, Integer> apart) {

    private static final Set<String> OF_PERMISSIONS =
            Set.of("permission_denied", "condition_missing", "model_mismatch");

    public Replay {
        flips = List.copyOf(flips);
        apart = Collections.unmodifiableMap(new TreeMap<>(apart));
    }

    /** Why a decision is no part of the comparison. */
    public enum Apart {
        /** Another layer refused it. */
        EARLIER("refused before the permissions counted (token, scopes, application, tool)"),
        /** No call. */
        NO_CALL("about a token or a search"),
        /** No answer. */
        UNANSWERED("without an answer"),
        /** The log does not have the whole name. */
        UNNAMED("about somebody or something whose name in permissions the log does not have"),
        /** A condition. */
        CONDITIONAL("hanging on a condition whose values are not kept, such as the arguments of the call");

        private final String words;

        Apart(String words) {
            this.words = words;
        }

        /**
         * For a person.
         *
         * @return words that go on from "12 decisions"
         */
        public String words() {
            return words;
        }
    }

    /**
     * A question that would be answered otherwise.
     *
     * @param question what was asked
     * @param isAllowed whether it would be allowed
     * @param times how many decisions there were with the other answer
     * @param last when the last of them was
     */
    public record Flip(TupleKey question, boolean isAllowed, int times, Instant last) {}

    /**
     * Asks again.
     *
     * @param decisions the decisions, the newest first
     * @param names says what permissions call things
     * @param engine who is asked
     * @return what came of it
     */
    public static Replay of(List<AuditedDecision> decisions, QuestionNames names, ReplayEngine engine) {
        Map<Apart, Integer> apart = new EnumMap<>(Apart.class);
        Map<TupleKey, List<AuditedDecision>> questions = new LinkedHashMap<>();
        for (AuditedDecision decision : decisions) {
            Optional<Apart> reason = reason(decision);
            Optional<TupleKey> question = reason.isPresent() ? Optional.empty() : names.of(decision);
            if (question.isPresent()) {
                questions
                        .computeIfAbsent(question.get(), each -> new ArrayList<>())
                        .add(decision);
            } else {
                apart.merge(reason.orElse(Apart.UNNAMED), 1, Integer::sum);
            }
        }
        Map<TupleKey, Holding> answers = engine.answers(questions.keySet());
        List<Flip> flips = new ArrayList<>();
        int asked = 0;
        for (Map.Entry<TupleKey, List<AuditedDecision>> each : questions.entrySet()) {
            Holding holding = answers.get(each.getKey());
            if (holding == Holding.CONDITIONAL || holding == Holding.UNKNOWN) {
                Apart why = holding == Holding.UNKNOWN ? Apart.UNANSWERED : Apart.CONDITIONAL;
                apart.merge(why, each.getValue().size(), Integer::sum);
                continue;
            }
            asked += each.getValue().size();
            boolean isAllowed = holding == Holding.YES;
            List<AuditedDecision> other = each.getValue().stream()
                    .filter(decision -> (decision.verdict() == Verdict.ALLOWED) != isAllowed)
                    .toList();
            if (!other.isEmpty()) {
                flips.add(new Flip(
                        each.getKey(), isAllowed, other.size(), other.get(0).at()));
            }
        }
        flips.sort(Comparator.comparing((Flip flip) -> -flip.times())
                .thenComparing(flip -> flip.question().toString()));
        return new Replay(decisions.size(), asked, flips, apart);
    }

    private static Optional<Apart> reason(AuditedDecision decision) {
        if (decision.kind() != Kind.CALL) {
            return Optional.of(Apart.NO_CALL);
        }
        return switch (decision.verdict()) {
            case FAILED -> Optional.of(Apart.UNANSWERED);
            case ALLOWED -> Optional.empty();
            case REFUSED, SHADOWED ->
                OF_PERMISSIONS.contains(decision.reason()) ? Optional.empty() : Optional.of(Apart.EARLIER);
        };
    }
}
