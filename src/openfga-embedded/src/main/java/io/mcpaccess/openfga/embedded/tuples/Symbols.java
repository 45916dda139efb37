package io.mcpaccess.openfga.embedded.tuples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for the names of types and relations, shared by the models and the tuples of one store.
 *
 * <p>Numbers start at 1 and are never given back. Thread-safe; looking up takes no lock.
 */
public final class Symbols {

    /** The number of no name, and of the relation of a user that is no userset. */
    public static final int NONE = 0;

    private volatile Map<String, Integer> numbers = Map.of();
    private volatile List<String> names = List.of("");

    /**
     * Looks a name up.
     *
     * @param name the name of a type or relation
     * @return its number, or {@link #NONE} when neither model nor tuple ever used it
     */
    public int find(String name) {
        return numbers.getOrDefault(name, NONE);
    }

    /**
     * Gives a name a number.
     *
     * @param name the name of a type or relation
     * @return its number, the same on every call
     */
    public synchronized int intern(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = names.size();
        Map<String, Integer> moreNumbers = new HashMap<>(numbers);
        moreNumbers.put(name, number);
        List<String> moreNames = new ArrayList<>(names);
        moreNames.add(name);
        names = moreNames;
        numbers = moreNumbers;
        return number;
    }

    /**
     * The name of a number.
     *
     * @param number a number that this object gave
     * @return the name
     */
    public String name(int number) {
        return names.get(number);
    }

    /**
     * How many numbers there are.
     *
     * @return one more than the highest number given so far
     */
    public int size() {
        return names.size();
    }
}
