package io.mcpaccess.openfga.embedded.tuples;

import io.mcpaccess.openfga.StoredTuple;
import java.util.List;

/**
 * The tuples that one request brings along. Each is a negative number, the first of them -1; 0 is none. There are few, so they are looked
 * through one by one. Immutable.
 */
final class ContextualTuples {

    static final ContextualTuples NONE = new ContextualTuples(new One[0]);

    private final One[] all;

    private ContextualTuples(One[] all) {
        this.all = all;
    }

    /** One of them, as numbers and as it came. */
    record One(int targetObject, int targetRelation, int subjectObject, int subjectRelation, StoredTuple tuple) {}

    /** Gives an object its number. */
    @FunctionalInterface
    interface Objects {
        int object(int type, String id);
    }

    /**
     * Reads them.
     *
     * @param tuples tuples that are valid for the model of the request
     * @param symbols the names of the store
     * @param objects numbers their objects
     * @return the tuples, in the same order
     */
    static ContextualTuples of(List<StoredTuple> tuples, Symbols symbols, Objects objects) {
        One[] all = new One[tuples.size()];
        for (int i = 0; i < all.length; i++) {
            StoredTuple tuple = tuples.get(i);
            UserText user = UserText.of(tuple.key().user());
            UserText object = UserText.of(tuple.key().object());
            all[i] = new One(
                    objects.object(symbols.find(object.type()), object.id()),
                    symbols.find(tuple.key().relation()),
                    objects.object(symbols.find(user.type()), user.id()),
                    user.isUserset() ? symbols.find(user.relation()) : Symbols.NONE,
                    tuple);
        }
        return new ContextualTuples(all);
    }

    /** The tuple of a number below 0. */
    One one(int tuple) {
        return all[-1 - tuple];
    }

    /** Finds a tuple, or 0. */
    int find(int object, int relation, int subjectObject, int subjectRelation) {
        for (int i = 0; i < all.length; i++) {
            One tuple = all[i];
            if (tuple.targetObject == object
                    && tuple.targetRelation == relation
                    && tuple.subjectObject == subjectObject
                    && tuple.subjectRelation == subjectRelation) {
                return -1 - i;
            }
        }
        return 0;
    }

    /** The next tuple of a target behind another, or behind 0; 0 when there is none. */
    int ofTarget(int behind, int object, int relation, boolean usersets) {
        for (int i = -behind; i < all.length; i++) {
            One tuple = all[i];
            if (tuple.targetObject == object
                    && tuple.targetRelation == relation
                    && (tuple.subjectRelation != Symbols.NONE) == usersets) {
                return -1 - i;
            }
        }
        return 0;
    }

    /** The next tuple that names a subject behind another, or behind 0; 0 when there is none. */
    int ofSubject(int behind, int subjectObject, int subjectRelation) {
        for (int i = -behind; i < all.length; i++) {
            if (all[i].subjectObject == subjectObject && all[i].subjectRelation == subjectRelation) {
                return -1 - i;
            }
        }
        return 0;
    }
}
