package io.mcpaccess.openfga.embedded.condition.cel;

/** One step of an attribute: {@code .name}, {@code [key]}, or what {@code has()} asks. */
interface Qualifier {

    long id();

    /** What is selected, or a Failure; the cost is counted. */
    Object select(LoopScope scope, Object from);

    /** Selects by a key that is known: null where a presence is asked for and nothing is there. */
    static Object find(Object from, Object key, boolean presence) {
        if (from instanceof CelMap map) {
            Object found = map.find(key);
            return found != null || presence ? found : Failure.NO_SUCH_KEY;
        }
        if (from instanceof CelList list) {
            Object index = index(key);
            if (!(index instanceof Long at)) {
                return index;
            }
            if (at >= 0 && at < list.items().size()) {
                return list.items().get(at.intValue());
            }
            return presence ? null : Failure.NO_SUCH_INDEX;
        }
        return presence ? null : Failure.NO_SUCH_KEY;
    }

    private static Object index(Object key) {
        if (key instanceof Long) {
            return key;
        }
        if (key instanceof Double number) {
            return Numbers.lossless(number) instanceof Long whole ? whole : Failure.NO_SUCH_INDEX;
        }
        return key instanceof Uint number && number.bits() >= 0 ? (Object) number.bits() : Failure.NO_SUCH_INDEX;
    }

    /** Whether OpenFGA takes a value of this type in brackets. */
    static boolean isKey(Object value) {
        return value instanceof String
                || value instanceof Long
                || value instanceof Uint
                || value instanceof Boolean
                || value instanceof Double;
    }

    /** Selects by a key that stands in the expression. */
    record Fixed(long id, Object key) implements Qualifier {
        @Override
        public Object select(LoopScope scope, Object from) {
            Object found = find(from, key, false);
            scope.cost().add(1);
            return scope.cost().push(id, found);
        }
    }

    /** Asks whether there is anything by a name. */
    record Presence(long id, String name) implements Qualifier {
        @Override
        public Object select(LoopScope scope, Object from) {
            Object found = find(from, name, true);
            Object present = found instanceof Failure ? found : (Object) (found != null);
            scope.cost().add(1);
            return scope.cost().push(id, present);
        }
    }

    /** Selects by the value of an attribute, which costs nothing itself here, or of another part of the expression. */
    record Computed(long id, Attribute key, boolean isAttribute) implements Qualifier {
        @Override
        public Object select(LoopScope scope, Object from) {
            Object value = key.resolve(scope);
            Object found = value;
            if (!(value instanceof Failure)) {
                found = isKey(value) ? find(from, value, false) : Failure.NO_OVERLOAD;
            }
            if (isAttribute) {
                scope.cost().add(1);
            } else {
                key.count(scope.cost());
            }
            return scope.cost().push(id, found);
        }
    }
}
