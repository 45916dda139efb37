package io.mcpaccess.samples.demo;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process of the demo: its standard output is read line by line, its standard error goes to a file. Closing it ends it
 * and everything it started.
 */
final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String END = "\u0000end";

    private final String name;
    private final Process process;
    private final Path errors;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BufferedWriter input;

    private ChildProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread reader = new Thread(this::readOutput, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param name for people and for the log's file name
     * @param command program and arguments
     * @param environment in addition to this process's own; the place for secrets
     * @param logs where standard error goes
     */
    static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path logs)
            throws IOException {
        Path errors = logs.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().putAll(environment);
        return new ChildProcess(name, builder.start(), errors);
    }

    /** Waits for a line that starts with a text, and gives the rest of it. */
    String await(String start, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (String line = line(end); ; line = line(end)) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
    }

    /** Sends a line and waits for one. */
    String ask(String line, Duration patience) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException gone) {
            throw new DifferentAnswer(name + " takes no more commands." + tail(), gone);
        }
        return line(System.nanoTime() + patience.toNanos());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stubborn) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException interrupted) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private String line(long end) {
        try {
            String line = lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new DifferentAnswer(name + " said nothing in time." + tail());
            }
            if (line.equals(END)) {
                lines.add(END);
                throw new DifferentAnswer(name + " has ended." + tail());
            }
            return line;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DifferentAnswer("interrupted", interrupted);
        }
    }

    private void readOutput() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException closed) {
            lines.add(END);
            return;
        }
        lines.add(END);
    }

    /** The last lines of its standard error, for the person who has to find out why. */
    private String tail() {
        try {
            List<String> all = Files.readAllLines(errors);
            return "\n" + String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        } catch (IOException unreadable) {
            return " Its log " + errors + " cannot be read.";
        }
    }
}
