package io.mcpaccess.sandbox;

import io.mcpaccess.sandbox.shared.ConfigurationException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code bin/sandbox --config FILE}, or {@code --check FILE} to look for mistakes alone: runs the sandbox in the foreground until SIGTERM or SIGINT. Standard output gets one line,
 * when everything serves; the log goes to standard error. Exit code 2 for a wrong command line or configuration, 1 for a
 * sandbox that cannot start.
 */
public final class Sandbox {
    private static final String USAGE = "usage: sandbox --config FILE|--check FILE [--am LINE] [--home DIRECTORY]";

    private Sandbox() {}

    /**
     * Runs the sandbox.
     *
     * @param arguments {@code --config FILE} or {@code --check FILE}; {@code --am LINE} for the class path of another line of AM than
     *     {@link SandboxServer#AM_LINE}; {@code --home DIRECTORY} where the built nodes are not under the working directory
     * @throws InterruptedException where the wait for the end is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        Path file = null;
        boolean checkOnly = false;
        String line = SandboxServer.AM_LINE;
        Path home = Path.of("").toAbsolutePath();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--config" -> file = Path.of(arguments[i + 1]);
                case "--check" -> {
                    file = Path.of(arguments[i + 1]);
                    checkOnly = true;
                }
                case "--am" -> line = arguments[i + 1];
                case "--home" -> home = Path.of(arguments[i + 1]);
                default -> fail(2, "Unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        if (file == null || arguments.length % 2 != 0) {
            fail(2, USAGE);
        }
        run(home, line, file, checkOnly);
    }

    private static void run(Path home, String line, Path file, boolean checkOnly) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            if (checkOnly) {
                failAt(file, SandboxServer.check(home, line, file));
                System.out.println("Nothing is wrong with " + file + ".");
                return;
            }
            SandboxServer server = SandboxServer.start(home, line, file);
            List<String> mistakes = server.mistakes();
            if (!mistakes.isEmpty()) {
                server.close();
                failAt(file, mistakes);
            }
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                server.close();
                                stopped.countDown();
                            },
                            "sandbox-stop"));
            System.out.println("sandbox ready gateway=" + server.gateway() + " management=" + server.management());
            System.out.flush();
            stopped.await();
        } catch (NoSuchFileException e) {
            fail(2, "There is no file " + e.getFile());
        } catch (ConfigurationException e) {
            fail(2, e.getMessage());
        } catch (IOException | RuntimeException e) {
            fail(1, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static void failAt(Path file, List<String> mistakes) {
        if (!mistakes.isEmpty()) {
            fail(
                    2,
                    String.join(
                            System.lineSeparator(),
                            mistakes.stream()
                                    .map(mistake -> file.getFileName() + ": " + mistake)
                                    .toList()));
        }
    }

    private static void fail(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
