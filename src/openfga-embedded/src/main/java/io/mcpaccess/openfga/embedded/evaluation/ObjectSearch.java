package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the objects to which a user has a relation (OpenFGA, ListObjects): walks from the user along the tuples that
 * name it, and checks what was found through an intersection or exclusion. For one thread and one search.
 */
public final class ObjectSearch {

    private final Question question;
    private final TupleView tuples;
    private final RelationPlan wanted;
    private final int user;
    private final int userKind;
    private final int limit;
    private final CheckEvaluation check;
    private final Map<Integer, Boolean> candidates = new LinkedHashMap<>();
    private final Set<Visit> visited = new HashSet<>();
    private OpenFgaError undecided;
    private boolean late;

    private record Visit(int object, EntryEdges.Edge edge) {}

    /**
     * A search.
     *
     * @param question plan, tuples and context
     * @param wanted the relation of the wanted objects
     * @param user the user's object; the typed wildcard is one too
     * @param userRelation the userset's relation, or {@link Symbols#NONE}
     * @param limit how many objects at most, at least 1
     */
    public ObjectSearch(Question question, RelationPlan wanted, int user, int userRelation, int limit) {
        this.question = question;
        this.tuples = question.tuples();
        this.wanted = wanted;
        this.limit = limit;
        this.check = new CheckEvaluation(question, user, userRelation);
        this.user = user;
        this.userKind = userRelation == Symbols.NONE && tuples.isWildcard(user) ? RelationPlan.WILDCARD : userRelation;
    }

    /**
     * Searches. A search that comes to its deadline ends with what is certain by then.
     *
     * @return the objects
     * @throws OpenFgaException when a condition could not be decided and the limit was not reached, or a walk was too
     *     deep
     */
    public Found run() {
        walk(user, userKind, null, false, 0);
        List<String> found = new ArrayList<>();
        for (Map.Entry<Integer, Boolean> candidate : candidates.entrySet()) {
            if (found.size() == limit) {
                break;
            }
            boolean allowed = !candidate.getValue() || check.isAllowed(candidate.getKey(), wanted);
            if (allowed) {
                found.add(tuples.text(candidate.getKey()));
            } else if (check.error() != null) {
                keep(check.error());
            }
        }
        if (undecided != null && found.size() < limit && !late) {
            throw new OpenFgaException(undecided);
        }
        return new Found(found, late || found.size() == limit);
    }

    private void keep(OpenFgaError error) {
        if (error.code() == OpenFgaCode.DEADLINE_EXCEEDED) {
            late = true;
        } else if (error.code() == OpenFgaCode.VALIDATION_ERROR) {
            undecided = error;
        } else {
            throw new OpenFgaException(error);
        }
    }

    private void walk(int object, int kind, EntryEdges.Edge by, boolean mustCheck, int depth) {
        if (depth > Question.MAX_DEPTH) {
            throw new OpenFgaException(Question.tooDeep());
        }
        if (question.isLate()) {
            late = true;
            return;
        }
        if (kind > Symbols.NONE) {
            if (by != null && !visited.add(new Visit(object, by))) {
                return;
            }
            if (wanted.type() == tuples.type(object) && wanted.relation() == kind) {
                candidates.merge(object, mustCheck, Boolean::logicalAnd);
            }
        }
        EntryEdges.Question asked = new EntryEdges.Question(wanted, tuples.type(object), kind);
        for (EntryEdges.Edge edge : question.plan().edges(asked)) {
            follow(edge, object, kind, mustCheck || edge.mustCheck(), depth);
        }
    }

    private void follow(EntryEdges.Edge edge, int object, int kind, boolean mustCheck, int depth) {
        switch (edge.kind()) {
            case DIRECT -> {
                if (kind <= Symbols.NONE && edge.to().accepts(tuples.type(object), RelationPlan.WILDCARD)) {
                    named(edge, edge.to(), tuples.object(tuples.type(object), "*"), Symbols.NONE, mustCheck, depth);
                }
                if (kind != RelationPlan.WILDCARD) {
                    named(edge, edge.to(), object, kind, mustCheck, depth);
                }
            }
            case COMPUTED -> walk(object, edge.to().relation(), edge, mustCheck, depth + 1);
            case RELATED -> {
                RelationPlan tupleset = question.plan().relation(edge.to().type(), edge.tupleset());
                named(edge, tupleset, object, Symbols.NONE, mustCheck, depth);
            }
            default -> throw new IllegalStateException("no such step: " + edge.kind());
        }
    }

    private void named(
            EntryEdges.Edge edge, RelationPlan by, int subject, int subjectRelation, boolean mustCheck, int depth) {
        for (int tuple = tuples.firstOfSubject(subject, subjectRelation);
                tuple != 0 && !question.isLate();
                tuple = tuples.nextOfSubject(tuple)) {
            int target = tuples.targetObject(tuple);
            if (tuples.targetRelation(tuple) != by.relation() || tuples.type(target) != by.type()) {
                continue;
            }
            switch (question.counts(by, tuple)) {
                case YES -> walk(target, edge.to().relation(), edge, mustCheck, depth + 1);
                case UNDECIDED -> keep(question.lastError());
                case NO -> {}
            }
        }
    }
}
