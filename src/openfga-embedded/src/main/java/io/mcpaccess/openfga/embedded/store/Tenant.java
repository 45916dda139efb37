package io.mcpaccess.openfga.embedded.store;

import java.util.Optional;

/**
 * For which domain a store is opened. A store belongs to the domain that opened it for writing first; all others are
 * refused. Asked at each question, by any thread: answers are at hand.
 */
public interface Tenant {

    /**
     * The domain.
     *
     * @return its id; empty as long as it is not known
     */
    Optional<String> domain();

    /**
     * Whether a store that belongs to nobody becomes this domain's.
     *
     * @return true on the node that writes, never on a gateway
     */
    boolean isAdopting();

    /**
     * Whether other domains lay claim to the store as well.
     *
     * @return true if so; counts as long as the store belongs to nobody, and then lets nobody in
     */
    boolean isContested();

    /**
     * Where there are no domains: nobody is refused, and nothing is recorded.
     *
     * @return the same always
     */
    static Tenant anyone() {
        return Anyone.INSTANCE;
    }

    /** See {@link #anyone}. */
    enum Anyone implements Tenant {
        /** The only one. */
        INSTANCE;

        @Override
        public Optional<String> domain() {
            return Optional.empty();
        }

        @Override
        public boolean isAdopting() {
            return false;
        }

        @Override
        public boolean isContested() {
            return false;
        }
    }
}
