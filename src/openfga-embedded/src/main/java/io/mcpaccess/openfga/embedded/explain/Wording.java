package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.PreparedCheck;
import io.mcpaccess.openfga.embedded.evaluation.RelationPlan;
import io.mcpaccess.openfga.embedded.model.ModelLine;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import java.util.Optional;

/**
 * Words for objects, tuples and rules. Objects of the user's type other than the user and the object asked about are
 * other users, and are not named.
 */
final class Wording {

    /** Stands for the id of another user. */
    static final String SOMEBODY = "(another)";

    private final PreparedCheck check;
    private final TupleView tuples;
    private final Symbols symbols;

    Wording(PreparedCheck check) {
        this.check = check;
        this.tuples = check.question().tuples();
        this.symbols = tuples.snapshot().symbols();
    }

    String object(int object) {
        boolean hidden = check.userRelation() == Symbols.NONE
                && tuples.type(object) == tuples.type(check.user())
                && object != check.user()
                && object != check.object()
                && !tuples.isWildcard(object);
        return hidden ? symbols.name(tuples.type(object)) + ":" + SOMEBODY : tuples.text(object);
    }

    String user() {
        return userset(check.user(), check.userRelation());
    }

    String userset(int object, int relation) {
        return object(object) + (relation == Symbols.NONE ? "" : "#" + symbols.name(relation));
    }

    String typeOfUser() {
        return symbols.name(tuples.type(check.user()));
    }

    StoredTuple tuple(int tuple) {
        return tuple(
                tuples.targetObject(tuple),
                tuples.targetRelation(tuple),
                tuples.subjectObject(tuple),
                tuples.subjectRelation(tuple),
                Optional.ofNullable(tuples.condition(tuple)));
    }

    StoredTuple tuple(int object, int relation, int user, int userRelation, Optional<StoredTuple.Condition> condition) {
        TupleKey key = new TupleKey(userset(user, userRelation), symbols.name(relation), object(object));
        return new StoredTuple(key, condition);
    }

    String type(int type) {
        return symbols.name(type);
    }

    String relation(int relation) {
        return symbols.name(relation);
    }

    Optional<ModelLine> line(RelationPlan relation) {
        return check.question()
                .plan()
                .model()
                .source()
                .relation(relation.typeName(), relation.definition().name());
    }

    Optional<ModelLine> line(String condition) {
        return check.question().plan().model().source().condition(condition);
    }
}
