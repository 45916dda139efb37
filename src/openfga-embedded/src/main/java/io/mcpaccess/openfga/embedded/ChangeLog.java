package io.mcpaccess.openfga.embedded;

/**
 * Where changes are kept before they count.
 *
 * <p>The engine calls it with its write lock held, so one call at a time, after the change was found valid and before
 * any reader sees it.
 */
@FunctionalInterface
public interface ChangeLog {

    /**
     * Gets ready for a change that is about to be checked. The log may bring the engine up to date first, with
     * {@link EmbeddedEngine#replay} or {@link EmbeddedEngine#replace}.
     *
     * @throws RuntimeException when nothing can be kept; then the change does not happen
     */
    default void prepare() {}

    /**
     * Keeps a change.
     *
     * @param change the change
     * @throws RuntimeException when it cannot be kept; then the change does not happen
     */
    void keep(Change change);

    /** A change was kept that the engine could not make: what it holds must be read anew. */
    default void lost() {}

    /**
     * A log that keeps nothing.
     *
     * @return for stores that live in memory alone
     */
    static ChangeLog none() {
        return change -> {};
    }
}
