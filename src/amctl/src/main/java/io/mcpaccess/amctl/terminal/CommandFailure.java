package io.mcpaccess.amctl.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A call that ends here. The message is for a person: what was wrong, where, what to do; never a secret. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    /**
     * A failure.
     *
     * @param code how the process ends
     * @param message what is wrong and what to do
     */
    public CommandFailure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * A file that cannot be read.
     *
     * @param file which
     * @param cause what came of it
     * @return a failure that says whether it is missing, a folder, closed to the caller, or no text
     */
    public static CommandFailure unreadable(Path file, IOException cause) {
        String what = cause instanceof NoSuchFileException
                ? "There is no file " + file + "."
                : Files.isDirectory(file)
                        ? file + " is a folder, not a file."
                        : cause instanceof AccessDeniedException
                                ? "You may not read the file " + file + "."
                                : "The file " + file + " cannot be read as UTF-8 text.";
        return new CommandFailure(ExitCode.USAGE, what);
    }

    /**
     * How the process ends.
     *
     * @return the exit code
     */
    public ExitCode code() {
        return code;
    }
}
