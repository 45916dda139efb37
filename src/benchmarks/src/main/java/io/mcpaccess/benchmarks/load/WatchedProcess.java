package io.mcpaccess.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that was started for a measurement, with the processes that it started itself. */
final class WatchedProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final String ready;

    private WatchedProcess(Process process, String ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * Starts a command and waits until it says that it serves.
     *
     * @param log where its standard error goes
     * @param words how the line begins that says so
     * @throws IOException when it ends before; the message has what it said
     */
    static WatchedProcess start(Path log, String words, List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(words)) {
                WatchedProcess watched = new WatchedProcess(process, line);
                // Whoever interrupts a measurement wants nothing of it to go on.
                Runtime.getRuntime().addShutdownHook(new Thread(watched::close));
                return watched;
            }
        }
        throw new IOException(command.get(0) + " does not serve: " + Files.readString(log));
    }

    /** The line that says that it serves. */
    String ready() {
        return ready;
    }

    /** The id of the process itself. */
    long pid() {
        return process.pid();
    }

    /** Time of the processor since it was started, of all its processes. */
    long cpuNanos() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(WatchedProcess::cpuNanos)
                .sum();
    }

    /** Time of the processor of one process; 0 where the operating system does not say it. */
    static long cpuNanos(ProcessHandle one) {
        return one.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
