package io.mcpaccess.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line as it is shipped, in a process of its own. */
final class AmctlProcess {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    AmctlProcess(Path folder) {
        this.folder = folder;
    }

    /** How a call ended. */
    record Result(int code, String out, String err) {
        JsonNode json() {
            return OAuthClient.json(out);
        }
    }

    /** With another variable in its environment. */
    AmctlProcess with(String variable, String value) {
        AmctlProcess other = new AmctlProcess(folder);
        other.environment.putAll(environment);
        other.environment.put(variable, value);
        return other;
    }

    Result run(String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "amctl", ".out");
            Path err = Files.createTempFile(folder, "amctl", ".err");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath(),
                    "io.mcpaccess.amctl.Amctl"));
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AMCTL_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("amctl does not end: " + String.join(" ", arguments));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String classPath() throws IOException {
        Path target = Path.of(System.getProperty("repository.root"), "src", "amctl", "target");
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("amctl-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("amctl is not built in " + target));
            return jar + File.pathSeparator + target.resolve("lib") + File.separator + "*";
        }
    }
}
