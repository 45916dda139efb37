package io.mcpaccess.acceptance.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code amctl}, in a process of its own. */
public final class Amctl {

    private final Map<String, String> environment;

    Amctl(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** How a call ended. */
    public record Result(int code, String out) {}

    /** The same with another variable in its environment. */
    public Amctl with(String variable, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(variable, value);
        return new Amctl(all);
    }

    /** Runs it to its end; what it says on both ways is taken together. */
    public Result run(String... arguments) {
        Path target = Path.of(System.getProperty("repository.root"), "src", "amctl", "target");
        String classPath = target.resolve("amctl-" + System.getProperty("project.version") + ".jar")
                + File.pathSeparator
                + target.resolve("lib")
                + File.separator
                + "*";
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "io.mcpaccess.amctl.Amctl"));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("mcp-access-amctl", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AMCTL_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("amctl does not end: " + String.join(" ", arguments));
            }
            String said = Files.readString(out);
            Files.delete(out);
            return new Result(process.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
