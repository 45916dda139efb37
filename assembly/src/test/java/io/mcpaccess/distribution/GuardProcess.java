package io.mcpaccess.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The guard as a reverse proxy, in a process of its own.
 *
 * @param process the process
 * @param url where clients reach it
 */
record GuardProcess(Process process, String url) implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("guard ready (\\S+)");

    /**
     * Starts it and waits until it serves.
     *
     * @param directory for its log
     * @param secrets its environment
     * @param arguments its options
     */
    static GuardProcess start(Path directory, Map<String, String> secrets, String... arguments) throws IOException {
        Path target = Repository.root().resolve("src/guard/proxy/target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                target.resolve("mcp-guard-proxy-" + Repository.version() + "-all.jar")
                        .toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(directory, "guard", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(secrets);
        Process process = builder.start();
        MatchResult ready = ReadyLine.await(process, log, READY);
        return new GuardProcess(process, ready.group(1));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
