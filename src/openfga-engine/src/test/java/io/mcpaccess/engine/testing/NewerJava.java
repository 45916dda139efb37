package io.mcpaccess.engine.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a Java that is newer than the one the build needs, for what only a newer one can do or show. */
public final class NewerJava {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private NewerJava() {}

    /**
     * Looks at the running Java, at {@code JAVA_NEWER_HOME}, and where Java is usually installed.
     *
     * @param least the lowest version that will do
     * @return the {@code java} command of one that is at least as new
     */
    public static Optional<Path> command(int least) {
        return Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"))),
                        Stream.of(System.getenv("JAVA_NEWER_HOME"))
                                .filter(Objects::nonNull)
                                .map(Path::of),
                        inside(Path.of(System.getProperty("java.home")).getParent()),
                        inside(Path.of("/usr/lib/jvm")),
                        inside(Path.of("/opt/hostedtoolcache/Java_Temurin-Hotspot_jdk")),
                        inside(Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java")),
                        inside(Path.of("/Library/Java/JavaVirtualMachines")).map(home -> home.resolve("Contents/Home")))
                .flatMap(homes -> homes)
                .filter(home -> version(home) >= least)
                .map(home -> home.resolve("bin").resolve("java"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> inside(Path directory) {
        if (directory == null || !Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> sorted = entries.sorted().toList();
            return sorted.stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int version(Path home) {
        try {
            Matcher matcher = VERSION.matcher(Files.readString(home.resolve("release")));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
