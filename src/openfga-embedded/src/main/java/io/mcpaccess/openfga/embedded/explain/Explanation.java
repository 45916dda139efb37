package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a check is answered as it is. Never names users other than the one asked about.
 *
 * @param question the tuple that was asked about
 * @param answer the answer
 * @param error the error, when the answer is {@link Answer#ERROR}
 * @param path for an allow: the shortest path of tuples and rules, from the object to the user
 * @param missing for a deny: the smallest sets of tuples each of which would allow, the smallest first, at most five
 * @param conditions for a deny: tuples that would have helped, had their condition been met
 * @param blocked for a deny: exclusions that took away what the user had
 * @param complete false when time or room ran out, so that there may be a shorter path or more to say
 */
public record Explanation(
        TupleKey question,
        Answer answer,
        Optional<OpenFgaError> error,
        List<ProofStep> path,
        List<List<StoredTuple>> missing,
        List<FailedCondition> conditions,
        List<Blocked> blocked,
        boolean complete) {

    public Explanation {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(error, "error");
        path = List.copyOf(path);
        missing = missing.stream().map(List::copyOf).toList();
        conditions = List.copyOf(conditions);
        blocked = List.copyOf(blocked);
    }

    /** The answers to a check. */
    public enum Answer {
        /** The user has the relation. */
        ALLOW,
        /** The user does not have the relation. */
        DENY,
        /** There is no answer, which lets nobody in either. */
        ERROR
    }

    /**
     * As JSON.
     *
     * @return maps, lists, texts, numbers and booleans alone
     */
    public Map<String, Object> toJson() {
        return ExplanationJson.write(this);
    }

    /**
     * As text for an administrator.
     *
     * @return lines that end with a line feed
     */
    public String toText() {
        return ExplanationText.write(this);
    }

    /**
     * As a picture.
     *
     * @return an SVG document without scripts and without references to anything outside
     */
    public String toSvg() {
        return ExplanationSvg.write(this);
    }
}
