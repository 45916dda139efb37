package io.mcpaccess.core.authzen;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An unmodifiable JSON object. A batch shares one among all its items, so it is copied once, however many questions hold it,
 * and remembers its hash: it is part of the questions' own, by which they are told apart.
 *
 * <p>Immutable; may be used by any number of threads.
 */
public final class FrozenObject extends AbstractMap<String, Object> {

    private final Map<String, Object> members;
    private int hash;
    private volatile Reduced reduced;

    private record Reduced(Set<String> keys, Map<String, Object> rest) {}

    private FrozenObject(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /**
     * Freezes a JSON object. {@link Map#copyOf} refuses the {@code null} values that JSON allows.
     *
     * @param source a JSON object as a map, {@code null} meaning that the member is absent
     * @return an unmodifiable shallow copy in the same order, or the source where it is one already; never {@code null}
     */
    public static Map<String, Object> of(Map<String, Object> source) {
        if (source == null || source.isEmpty()) {
            return Map.of();
        }
        return source instanceof FrozenObject frozen ? frozen : new FrozenObject(new LinkedHashMap<>(source));
    }

    /**
     * A frozen object without some members, the same instance at each call.
     *
     * @param source a result of {@link #of}
     * @param keys the members to leave out
     * @return the rest
     */
    static Map<String, Object> without(Map<String, Object> source, Set<String> keys) {
        if (Collections.disjoint(source.keySet(), keys)) {
            return source;
        }
        return source instanceof FrozenObject frozen ? frozen.without(keys) : Map.of();
    }

    private Map<String, Object> without(Set<String> keys) {
        Reduced known = reduced;
        if (known == null || !known.keys().equals(keys)) {
            Map<String, Object> rest = new LinkedHashMap<>(members);
            rest.keySet().removeAll(keys);
            known = new Reduced(keys, rest.isEmpty() ? Map.of() : new FrozenObject(rest));
            reduced = known;
        }
        return known.rest();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return members.entrySet();
    }

    @Override
    public Object get(Object key) {
        return members.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return members.containsKey(key);
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public boolean equals(Object other) {
        return other == this || members.equals(other);
    }

    /** Two threads may both compute it, and come to the same. */
    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = members.hashCode();
            hash = known;
        }
        return known;
    }
}
