package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files and directories that the node's own user alone may read, where the file system knows owners: they say who
 * may do what.
 */
final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** Opens a file, made private if it is new and if it is not. */
    static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        boolean isPosix = isPosix(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, options, attributes(isPosix, FILE));
        if (isPosix && !Files.getPosixFilePermissions(file).equals(FILE)) {
            restrict(file);
        }
        return channel;
    }

    /** A file of another user of the node stays as it is. */
    private static void restrict(Path file) {
        try {
            Files.setPosixFilePermissions(file, FILE);
        } catch (IOException | UnsupportedOperationException e) {
            // Who may write the file and is not its owner cannot close it to others either.
        }
    }

    /** Makes a directory, private where it is new; one that is there was made by the operator. */
    static void createDirectories(Path directory) throws IOException {
        Path there = directory.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        Files.createDirectories(directory, attributes(there != null && isPosix(there), DIRECTORY));
    }

    private static boolean isPosix(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private static FileAttribute<?>[] attributes(boolean isPosix, Set<PosixFilePermission> permissions) {
        return isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
