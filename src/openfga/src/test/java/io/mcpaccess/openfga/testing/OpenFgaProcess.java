package io.mcpaccess.openfga.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server started by {@code bin/openfga}, or the reason why there is none.
 *
 * @param process the script; null when it could not be run
 * @param url where the server serves; null when it does not
 * @param reason why it does not; null when it does
 */
record OpenFgaProcess(Process process, URI url, String reason) implements AutoCloseable {

    /** Long enough for {@code go install} on a slow machine. */
    private static final long START_MINUTES = 10;

    /**
     * Starts a server and waits until it serves.
     *
     * @param environment variables for OpenFGA
     * @return the server
     */
    static OpenFgaProcess start(Map<String, String> environment) {
        Path script = Path.of(System.getProperty("repository.root", "../.."), "bin", "openfga");
        try {
            Path log = Files.createTempFile("openfga", ".log");
            log.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectError(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String line = firstLine(process);
            if (line == null) {
                return new OpenFgaProcess(process, null, Files.readString(log).strip());
            }
            return new OpenFgaProcess(process, URI.create(line.replaceFirst("^openfga ready ", "")), null);
        } catch (IOException e) {
            return new OpenFgaProcess(null, null, script + " cannot be run: " + e.getMessage());
        }
    }

    private static String firstLine(Process process) {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            return line.get(START_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            process.destroy();
            return null;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
