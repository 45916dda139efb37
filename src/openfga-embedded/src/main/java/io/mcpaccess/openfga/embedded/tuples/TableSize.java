package io.mcpaccess.openfga.embedded.tuples;

/**
 * How large a tuple table is, for one who will make another like it.
 *
 * @param rows tuples
 * @param nodes objects with a relation, and users
 * @param objects objects and users
 */
public record TableSize(int rows, int nodes, int objects) {

    /**
     * The size that is enough for so many tuples that share nothing, up to memory that is given back later.
     *
     * @param tuples how many
     * @return a size
     */
    public static TableSize of(int tuples) {
        return new TableSize(tuples, tuples, tuples);
    }
}
