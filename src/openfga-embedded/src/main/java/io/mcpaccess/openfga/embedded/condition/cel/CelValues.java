package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Iterator;

/** What is common to all values: equality and size. */
final class CelValues {

    private CelValues() {}

    /** The size where a value has one, else 1, as costs count. Texts are counted in code points. */
    static long size(Object value) {
        Object size = sizeOf(value);
        return size instanceof Long number ? number : 1;
    }

    static Object sizeOf(Object value) {
        if (value instanceof String text) {
            return (long) text.codePointCount(0, text.length());
        }
        if (value instanceof CelList list) {
            return (long) list.items().size();
        }
        if (value instanceof CelMap map) {
            return (long) map.size();
        }
        return value instanceof Bytes bytes ? (long) bytes.size() : (Object) Failure.NO_OVERLOAD;
    }

    /**
     * Whether two values are equal: numbers by their value, whatever their types; values of different types are not.
     *
     * @return a Boolean, or a Failure where an address is compared with something else
     */
    static Object equal(Object a, Object b) {
        if (a == Nothing.NULL || b == Nothing.NULL) {
            return a == b;
        }
        return ofItem(a, b);
    }

    private static Object ofItem(Object a, Object b) {
        if (a instanceof Long number) {
            return ofInt(number, b);
        }
        if (a instanceof Double number) {
            return ofDouble(number, b);
        }
        if (a instanceof Uint number) {
            return ofUint(number, b);
        }
        if (a instanceof CelList list) {
            return b instanceof CelList other
                            && list.items().size() == other.items().size()
                    ? ofLists(list, other)
                    : (Object) false;
        }
        if (a instanceof CelMap map) {
            return b instanceof CelMap other && map.size() == other.size() && ofMaps(map, other);
        }
        if (a instanceof Moment moment) {
            return b instanceof Moment other && moment.isSame(other);
        }
        return a instanceof IpAddress && !(b instanceof IpAddress) ? Failure.NO_OVERLOAD : (Object) a.equals(b);
    }

    private static boolean ofInt(long a, Object b) {
        if (b instanceof Long number) {
            return a == number;
        }
        if (b instanceof Double number) {
            return !number.isNaN() && Numbers.compare(number, a) == 0;
        }
        return b instanceof Uint number && Numbers.compare(a, number) == 0;
    }

    private static boolean ofDouble(double a, Object b) {
        if (Double.isNaN(a)) {
            return false;
        }
        if (b instanceof Double number) {
            return a == number;
        }
        if (b instanceof Long number) {
            return Numbers.compare(a, number) == 0;
        }
        return b instanceof Uint number && Numbers.compare(a, number) == 0;
    }

    private static boolean ofUint(Uint a, Object b) {
        if (b instanceof Uint number) {
            return a.equals(number);
        }
        if (b instanceof Double number) {
            return !number.isNaN() && Numbers.compare(number, a) == 0;
        }
        return b instanceof Long number && Numbers.compare(number, a) == 0;
    }

    /** Items that cannot be compared make a list that + made incomparable, and do not count in any other. */
    private static Object ofLists(CelList a, CelList b) {
        Object failure = null;
        Iterator<Object> others = b.items().iterator();
        for (Object item : a.items()) {
            Object same = equal(item, others.next());
            if (Boolean.FALSE.equals(same)) {
                return false;
            }
            failure = failure == null && same instanceof Failure ? same : failure;
        }
        return a.isJoined() && failure != null ? failure : (Object) true;
    }

    private static boolean ofMaps(CelMap a, CelMap b) {
        for (Object key : a.keys()) {
            Object other = b.find(key);
            if (other == null || Boolean.FALSE.equals(equal(a.find(key), other))) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of the items is equal to the value. */
    static boolean contains(CelList list, Object value) {
        for (Object item : list.items()) {
            if (Boolean.TRUE.equals(value == Nothing.NULL ? item == value : ofItem(value, item))) {
                return true;
            }
        }
        return false;
    }
}
