package io.mcpaccess.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for the line by which a program says that it serves. */
final class ReadyLine {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private ReadyLine() {}

    /**
     * Blocks until the line is there; a process that ends before, or says nothing in time, is ended and is an error with its log.
     *
     * @param process the program
     * @param log where its output goes
     * @param line what the line looks like
     */
    static MatchResult await(Process process, Path log, Pattern line) throws IOException {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive() || isReady(log, line));
        } catch (ConditionTimeoutException late) {
            process.destroyForcibly();
        }
        String said = Files.readString(log);
        return line.matcher(said)
                .results()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The program did not start: " + said));
    }

    private static boolean isReady(Path log, Pattern line) throws IOException {
        return line.matcher(Files.readString(log)).find();
    }
}
