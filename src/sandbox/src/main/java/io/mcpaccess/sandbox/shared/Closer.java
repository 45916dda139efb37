package io.mcpaccess.sandbox.shared;

import java.util.ArrayDeque;
import java.util.Deque;

/** Parts that were opened one after the other and are closed in the opposite order, each of them whatever the others do. For one thread. */
public final class Closer {
    private final Deque<Part> parts = new ArrayDeque<>();

    /**
     * Remembers a part.
     *
     * @param part what closes it
     */
    public void add(Part part) {
        parts.push(part);
    }

    /**
     * Closes all parts, the last first.
     *
     * @throws Exception the first failure, with the later ones suppressed
     */
    public void close() throws Exception {
        Exception first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Something that can be closed. */
    @FunctionalInterface
    public interface Part {
        /**
         * Closes it.
         *
         * @throws Exception where that fails
         */
        void close() throws Exception;
    }
}
