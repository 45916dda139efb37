package io.mcpaccess.openfga.embedded.store;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The files of one store. The administrator writes the store file and what it names; the engine writes the log and the
 * lock, and never the administrator's files.
 *
 * @param directory where all of them are; set by the operator
 * @param storeFile the store file's name in it; set by the administrator of a domain
 */
public record StoreFiles(Path directory, String storeFile) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException when it is a path or could be one
     */
    public StoreFiles {
        requireName(storeFile);
    }

    /**
     * Checks a store file's name.
     *
     * @param storeFile the name
     * @throws IllegalArgumentException when it is a path or could be one
     */
    public static void requireName(String storeFile) {
        if (!isName(storeFile)) {
            throw new IllegalArgumentException("storeFile is the name of a file in the directory that the operator sets"
                    + " (mcp.embedded.dir), such as store.fga.yaml: letters, digits, dots, hyphens and underscores,"
                    + " ending in .yaml");
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    Path source() {
        return directory.resolve(storeFile);
    }

    Path log() {
        return directory.resolve(storeFile + ".log");
    }

    /** Where the domain stands that a store without a log of its own belongs to. */
    Path owner() {
        return directory.resolve(storeFile + ".owner");
    }

    Path lock() {
        return directory.resolve(storeFile + ".lock");
    }

    /** A text for a domain's administrator, who must not learn where the node keeps its files. */
    String withoutPaths(String text) {
        String separator = directory.getFileSystem().getSeparator();
        return text.replace(directory.toAbsolutePath() + separator, "").replace(directory + separator, "");
    }
}
