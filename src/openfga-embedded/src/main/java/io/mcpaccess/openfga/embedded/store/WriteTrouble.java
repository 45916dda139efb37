package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What keeps changes from being written, for the health of the engine: what a write failed of, and a disk that is full
 * before anybody has tried. Written by one thread, read by any.
 */
final class WriteTrouble {

    /** Less is not enough for a log that is written anew. */
    private static final long LITTLE = 1 << 20;

    private static final int LOOKS_BETWEEN = 25;

    private final StoreFiles files;
    private int looks;
    private volatile String failure = "";
    private volatile String shortage = "";

    WriteTrouble(StoreFiles files) {
        this.files = files;
    }

    Optional<String> text() {
        return Optional.of(failure.isEmpty() ? shortage : failure).filter(text -> !text.isEmpty());
    }

    /** A write has failed. */
    void met(String text) {
        failure = text;
    }

    /** A write has succeeded. */
    void over() {
        failure = "";
    }

    /** Looks at the disk now and then. */
    void look() throws IOException {
        if (looks++ % LOOKS_BETWEEN != 0 || !Files.exists(files.directory())) {
            return;
        }
        long usable = Files.getFileStore(files.directory()).getUsableSpace();
        shortage = usable >= LITTLE
                ? ""
                : "The disk of the stores (mcp.embedded.dir) has " + usable
                        + " bytes left: what is written through the console will fail";
        if (usable >= LITTLE && failure.contains("space")) {
            failure = "";
        }
    }
}
