package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses a store that stands under two names, or outside the operator's directory: whoever names it would get at
 * another's, or at a file of the node.
 */
final class StoreNames {

    private StoreNames() {}

    /**
     * Looks at the names of a store's files. What is not there cannot be wrong.
     *
     * @throws IOException with a sentence without paths
     */
    static void check(StoreFiles files) throws IOException {
        for (Path own : List.of(files.log(), files.lock(), files.owner())) {
            if (Files.isSymbolicLink(own)) {
                throw new IOException(own.getFileName() + " is a link; the engine's own files must be files");
            }
        }
        if (!Files.exists(files.source())) {
            return;
        }
        Path directory = files.directory().toRealPath();
        Path real = files.source().toRealPath();
        if (!real.startsWith(directory)) {
            throw new IOException(files.storeFile() + " leads out of the directory of the stores (mcp.embedded.dir)");
        }
        Path name = directory
                .resolve(files.storeFile())
                .toRealPath(LinkOption.NOFOLLOW_LINKS)
                .getFileName();
        if (!name.toString().equals(files.storeFile()) || hasAnotherName(files, directory)) {
            throw new IOException(files.storeFile()
                    + " is a second name of a file in the directory of the stores; one store has one name");
        }
    }

    private static boolean hasAnotherName(StoreFiles files, Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path other : (Iterable<Path>) all::iterator) {
                String name = other.getFileName().toString();
                if (StoreFiles.isName(name)
                        && !name.equals(files.storeFile())
                        && Files.exists(other)
                        && Files.isSameFile(other, files.source())) {
                    return true;
                }
            }
            return false;
        }
    }
}
