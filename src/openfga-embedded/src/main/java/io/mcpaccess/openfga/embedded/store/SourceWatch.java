package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Notices when the administrator's files may have changed. A file that is being written is left alone until it has
 * rested from one look to the next: half of a file may be a valid one with fewer tuples. For one thread.
 */
final class SourceWatch {

    private final Path directory;
    private Map<String, FileStamp> read = Map.of();
    private Map<String, FileStamp> seen = Map.of();
    private boolean isSettled;

    SourceWatch(Path directory) {
        this.directory = directory;
    }

    /** Says which files have just been read, or looked for. */
    void haveRead(Set<String> names) throws IOException {
        read = stamps(names);
        seen = read;
        isSettled = false;
    }

    /**
     * Whether it is worth reading the files again. True once after each reading: what was written while they were read
     * may have left no mark on them.
     */
    boolean mayHaveChanged() throws IOException {
        Map<String, FileStamp> now = stamps(read.keySet());
        boolean rested = now.equals(seen);
        seen = now;
        if (!rested || isSettled && now.equals(read)) {
            return false;
        }
        read = now;
        isSettled = true;
        return true;
    }

    private Map<String, FileStamp> stamps(Set<String> names) throws IOException {
        Map<String, FileStamp> stamps = new HashMap<>();
        for (String name : names) {
            stamps.put(name, FileStamp.of(directory.resolve(name)));
        }
        return stamps;
    }
}
