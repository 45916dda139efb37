package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.file.Path;

/** A log that was damaged after it had been written. What it says cannot be trusted, so nothing is read from it. */
public final class CorruptLogException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    /**
     * A damaged log.
     *
     * @param file the log
     * @param offset the first byte of what is damaged
     * @param reason what is wrong there
     */
    public CorruptLogException(Path file, long offset, String reason) {
        super(file + ": damaged at byte " + offset + ": " + reason
                + ". Restore the file from a backup. Without one, and if the damage is not in the state that the file begins"
                + " with, this gives up this change and all later ones, revocations among them: truncate -s " + offset
                + " " + file.getFileName() + " && dd if=/dev/zero of=" + file.getFileName()
                + " bs=" + LogMark.AT + " seek=1 count=1 conv=notrunc");
        this.file = file;
        this.offset = offset;
    }

    /**
     * The damaged file.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }

    /**
     * Where the damage begins.
     *
     * @return bytes from the beginning of the file
     */
    public long offset() {
        return offset;
    }
}
