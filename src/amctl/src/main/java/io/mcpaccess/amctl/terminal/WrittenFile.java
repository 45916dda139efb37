package io.mcpaccess.amctl.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a command was asked to leave in a file. */
public final class WrittenFile {

    private WrittenFile() {}

    /**
     * Writes a text, in place of what was there.
     *
     * @param file where to
     * @param text the whole of it
     * @throws CommandFailure where the file cannot be written
     */
    public static void of(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The file " + file + " cannot be written: look at its folder and your rights there.");
        }
    }
}
