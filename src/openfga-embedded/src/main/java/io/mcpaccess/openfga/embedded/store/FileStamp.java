package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells whether a file is the one that was read.
 *
 * @param size in bytes
 * @param modified when it was last written
 * @param key its inode; null on file systems without
 */
record FileStamp(long size, Instant modified, Object key) {

    /** Gives null when there is no such file. */
    static FileStamp of(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
