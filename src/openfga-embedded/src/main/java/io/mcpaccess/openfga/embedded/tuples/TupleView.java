package io.mcpaccess.openfga.embedded.tuples;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request sees: a snapshot and the contextual tuples of the request, which come first.
 *
 * <p>Objects that the snapshot does not know get numbers of their own here. A tuple is a number: a row of the snapshot
 * when positive, a contextual tuple when negative, none when 0. For one thread.
 */
public final class TupleView {

    private final TupleSnapshot snapshot;
    private final int known;
    private List<UserText> extras = List.of();
    private ContextualTuples contextual = ContextualTuples.NONE;

    /**
     * A view for one request.
     *
     * @param snapshot the state of the store that the whole request sees
     */
    public TupleView(TupleSnapshot snapshot) {
        this.snapshot = snapshot;
        this.known = snapshot.lastObject();
    }

    /**
     * Lets contextual tuples count.
     *
     * @param tuples tuples that are valid for the model of the request
     */
    public void addContextual(List<StoredTuple> tuples) {
        contextual = ContextualTuples.of(tuples, snapshot.symbols(), this::object);
    }

    /**
     * The state of the store.
     *
     * @return the snapshot
     */
    public TupleSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Finds an object, and gives it a number if the store does not know it.
     *
     * @param type its type's symbol
     * @param id its id
     * @return the object
     */
    public int object(int type, String id) {
        int object = snapshot.object(type, id);
        if (object != 0) {
            return object;
        }
        UserText text = new UserText(snapshot.symbols().name(type), id, "");
        int at = extras.indexOf(text);
        if (at < 0) {
            if (extras.isEmpty()) {
                extras = new ArrayList<>(2);
            }
            at = extras.size();
            extras.add(text);
        }
        return known + 1 + at;
    }

    /**
     * The type of an object.
     *
     * @param object an object
     * @return a symbol
     */
    public int type(int object) {
        return object <= known
                ? snapshot.type(object)
                : snapshot.symbols().find(extras.get(object - known - 1).type());
    }

    /**
     * Whether an object is the typed wildcard.
     *
     * @param object an object
     * @return whether its id is {@code *}
     */
    public boolean isWildcard(int object) {
        return object <= known
                ? snapshot.isWildcard(object)
                : extras.get(object - known - 1).isWildcard();
    }

    /**
     * An object as text.
     *
     * @param object an object
     * @return {@code type:id}
     */
    public String text(int object) {
        return object <= known
                ? snapshot.text(object)
                : extras.get(object - known - 1).toString();
    }

    /**
     * Finds a tuple; a contextual one hides one of the store.
     *
     * @param object the target object
     * @param relation the relation
     * @param subjectObject the user's object
     * @param subjectRelation the user's relation, or {@link Symbols#NONE}
     * @return the tuple, or 0
     */
    public int tuple(int object, int relation, int subjectObject, int subjectRelation) {
        int own = contextual.find(object, relation, subjectObject, subjectRelation);
        if (own != 0) {
            return own;
        }
        return snapshot.row(snapshot.node(object, relation), snapshot.node(subjectObject, subjectRelation));
    }

    /**
     * The first tuple of a target.
     *
     * @param object the target object
     * @param relation the relation
     * @param usersets whether tuples whose user is a userset are wanted, or the others
     * @return a tuple, or 0
     */
    public int first(int object, int relation, boolean usersets) {
        int tuple = contextual.ofTarget(0, object, relation, usersets);
        return tuple != 0 ? tuple : firstStored(object, relation, usersets);
    }

    /**
     * The next tuple of the same target and kind.
     *
     * @param tuple a tuple that {@link #first} or this method gave
     * @return a tuple, or 0
     */
    public int next(int tuple) {
        if (tuple > 0) {
            return snapshot.nextOfTarget(tuple);
        }
        ContextualTuples.One last = contextual.one(tuple);
        boolean usersets = last.subjectRelation() != Symbols.NONE;
        int next = contextual.ofTarget(tuple, last.targetObject(), last.targetRelation(), usersets);
        return next != 0 ? next : firstStored(last.targetObject(), last.targetRelation(), usersets);
    }

    private int firstStored(int object, int relation, boolean usersets) {
        int node = snapshot.node(object, relation);
        return usersets ? snapshot.firstUserset(node) : snapshot.firstUser(node);
    }

    /**
     * The first tuple that names a subject.
     *
     * @param subjectObject the user's object
     * @param subjectRelation the user's relation, or {@link Symbols#NONE}
     * @return a tuple, or 0
     */
    public int firstOfSubject(int subjectObject, int subjectRelation) {
        int tuple = contextual.ofSubject(0, subjectObject, subjectRelation);
        return tuple != 0 ? tuple : snapshot.firstTarget(snapshot.node(subjectObject, subjectRelation));
    }

    /**
     * The next tuple that names the same subject.
     *
     * @param tuple a tuple that {@link #firstOfSubject} or this method gave
     * @return a tuple, or 0
     */
    public int nextOfSubject(int tuple) {
        if (tuple > 0) {
            return snapshot.nextOfSubject(tuple);
        }
        ContextualTuples.One last = contextual.one(tuple);
        int next = contextual.ofSubject(tuple, last.subjectObject(), last.subjectRelation());
        return next != 0 ? next : snapshot.firstTarget(snapshot.node(last.subjectObject(), last.subjectRelation()));
    }

    /**
     * The target object of a tuple.
     *
     * @param tuple a tuple
     * @return an object
     */
    public int targetObject(int tuple) {
        return tuple > 0 ? snapshot.targetObject(tuple) : contextual.one(tuple).targetObject();
    }

    /**
     * The relation of a tuple.
     *
     * @param tuple a tuple
     * @return a symbol
     */
    public int targetRelation(int tuple) {
        return tuple > 0
                ? snapshot.targetRelation(tuple)
                : contextual.one(tuple).targetRelation();
    }

    /**
     * The object of a tuple's user.
     *
     * @param tuple a tuple
     * @return an object
     */
    public int subjectObject(int tuple) {
        return tuple > 0 ? snapshot.subjectObject(tuple) : contextual.one(tuple).subjectObject();
    }

    /**
     * The relation of a tuple's user.
     *
     * @param tuple a tuple
     * @return a symbol, or {@link Symbols#NONE}
     */
    public int subjectRelation(int tuple) {
        return tuple > 0
                ? snapshot.subjectRelation(tuple)
                : contextual.one(tuple).subjectRelation();
    }

    /**
     * The condition of a tuple.
     *
     * @param tuple a tuple
     * @return the condition, or null when the tuple has none
     */
    public StoredTuple.Condition condition(int tuple) {
        return tuple > 0
                ? snapshot.condition(tuple)
                : contextual.one(tuple).tuple().condition().orElse(null);
    }

    /**
     * A tuple as text.
     *
     * @param tuple a tuple
     * @return user, relation, object and condition
     */
    public StoredTuple stored(int tuple) {
        return tuple > 0 ? snapshot.tuple(tuple) : contextual.one(tuple).tuple();
    }

    /**
     * A tuple that is not there, as text.
     *
     * @param object the target object
     * @param relation the relation
     * @param subjectObject the user's object
     * @param subjectRelation the user's relation, or {@link Symbols#NONE}
     * @return the tuple without a condition
     */
    public StoredTuple imagined(int object, int relation, int subjectObject, int subjectRelation) {
        Symbols symbols = snapshot.symbols();
        String user =
                text(subjectObject) + (subjectRelation == Symbols.NONE ? "" : "#" + symbols.name(subjectRelation));
        return new StoredTuple(new TupleKey(user, symbols.name(relation), text(object)), Optional.empty());
    }
}
