package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody else writes the store. Reading it goes on. */
public final class StoreLockedException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * A store that is written by somebody else.
     *
     * @param lockFile the store's lock file
     * @param holder what the holder wrote about itself
     */
    StoreLockedException(Path lockFile, String holder) {
        super("The store is written by another engine (" + (holder.isEmpty() ? "unknown" : holder) + "; lock file "
                + lockFile
                + "). One management node writes a store; stop the other one, or give each a directory of its own"
                + " (mcp.embedded.dir).");
    }
}
