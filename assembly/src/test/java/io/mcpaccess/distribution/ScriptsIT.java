package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts of bin/ on machines that are not like the author's: a small checkout of nothing but them, with spaces in its path,
 * and a PATH of our own on which Java and Maven only say that they were called.
 */
class ScriptsIT {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final List<String> TOOLS = List.of(
            "bash env dirname basename readlink sed head tail find tar mktemp tr cut grep sleep rm mkdir cat touch cksum mv cp ls id"
                    .split(" "));
    private static final String JAVA = "echo 'openjdk version \"17.0.1\" 2021-10-19' >&2";
    /** Says what it builds, and leaves the jar that bin/sandbox looks for. */
    private static final String MAVEN = "echo \"$PWD\" > \"$RECORD\"; echo; echo 'building core'; sleep 2;"
            + " mkdir -p src/sandbox/target; touch src/sandbox/target/sandbox-9.jar";

    @TempDir
    Path folder;

    private Path checkout;
    private Path path;
    private final Map<String, String> environment = new HashMap<>();

    private record Ended(int status, String out, String err) {}

    @BeforeEach
    void smallCheckout() throws IOException {
        checkout = folder.resolve("a check out");
        Files.createDirectories(checkout.resolve("bin"));
        try (Stream<Path> scripts = Files.list(ROOT.resolve("bin"))) {
            for (Path script : scripts.filter(Files::isRegularFile).toList()) {
                Files.copy(script, checkout.resolve("bin").resolve(script.getFileName()));
                checkout.resolve("bin").resolve(script.getFileName()).toFile().setExecutable(true);
            }
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project>\n    <version>9</version>\n</project>\n");
        path = Files.createDirectory(folder.resolve("path"));
        for (String tool : TOOLS) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(directory -> Path.of(directory, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            tool(tool, "exec " + real + " \"$@\"");
        }
        tool("java", JAVA);
        tool("mvn", MAVEN);
        environment.put("PATH", path.toString());
        environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
        environment.put("TMPDIR", Files.createDirectory(folder.resolve("tmp")).toString());
        environment.put("RECORD", folder.resolve("record").toString());
        environment.put("PROGRESS_SECONDS", "1");
    }

    @Test
    void aMissingProgramIsOneSentence() throws Exception {
        Files.delete(path.resolve("mvn"));
        assertThat(run("bin/sandbox", "--build").err())
                .isEqualTo("sandbox: mvn is not on the PATH; install Maven, 3.8 or newer.\n");
        Files.delete(path.resolve("java"));
        Ended demo = run("bin/demo");
        assertThat(demo.err()).isEqualTo("demo: java is not on the PATH; install a JDK, 17 or newer.\n");
        assertThat(demo.status()).isEqualTo(3);
        tool("java", JAVA.replace("17.0.1", "11.0.9"));
        assertThat(run("bin/demo").err())
                .isEqualTo("demo: the java on the PATH is version 11; install a JDK, 17 or newer.\n");
    }

    @Test
    void buildsThroughASymbolicLinkWithoutAHomeAndSaysWhereItStands() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("bin/sandbox"));
        environment.remove("HOME");
        Ended build = run(link.toString(), "--build");
        assertThat(build.status()).as(build.err()).isZero();
        assertThat(Files.readString(folder.resolve("record")).strip())
                .isEqualTo(checkout.toRealPath().toString());
        assertThat(build.err().lines()).first().isEqualTo("building the sandbox and the plugins");
        assertThat(build.err().lines()).anyMatch(line -> line.matches(" +1 s  building core"));
        assertThat(build.err()).doesNotContain("\u001b");
        assertThat(build.out()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void aBuildThatFailsShowsWhatItSaid() throws Exception {
        tool("mvn", "echo '[ERROR] no such thing'; exit 1");
        Ended build = run("bin/sandbox", "--build");
        assertThat(build.status()).isEqualTo(1);
        assertThat(build.err()).contains("[ERROR] no such thing").contains("sandbox: failed after");
        assertNothingIsLeft();
    }

    @Test
    void anInterruptedBuildEndsMavenToo() throws Exception {
        tool("mvn", "echo $$ > \"$RECORD\"; while :; do sleep 1; done");
        Process build = start("bin/sandbox", "--build");
        Path record = folder.resolve("record");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(record) && Files.size(record) > 0);
        long maven = Long.parseLong(Files.readString(record).strip());
        List<ProcessHandle> script = Stream.concat(build.descendants(), Stream.of(build.toHandle()))
                .filter(each -> each.pid() != maven)
                .toList();
        script.forEach(ProcessHandle::destroy);
        // The shell that Maven was started from clears up after the script itself is gone.
        for (ProcessHandle each : script) {
            each.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(maven)
                        .map(each -> each.onExit()
                                .orTimeout(10, TimeUnit.SECONDS)
                                .join()
                                .isAlive())
                        .orElse(false))
                .isFalse();
        assertNothingIsLeft();
    }

    @Test
    void aCheckoutThatCannotBeWrittenToIsBuiltElsewhere() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        // Modes hold nothing back from root, who needs a mount of its own.
        assumeTrue(
                !root || new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0,
                "run by root, who may not make a mount here");
        String script = "'" + checkout + "/bin/sandbox' --build";
        Ended build = root
                ? run(
                        "/usr/bin/unshare",
                        "-m",
                        "/bin/sh",
                        "-c",
                        "/bin/mount --bind '" + checkout + "' '" + checkout + "' && /bin/mount -o remount,ro,bind '"
                                + checkout + "' && " + script)
                : run(
                        "/bin/sh",
                        "-c",
                        "chmod -R a-w '" + checkout + "'; " + script + "; s=$?; /bin/chmod -R u+w '" + checkout
                                + "'; exit $s");
        assertThat(build.status()).as(build.err()).isZero();
        Path built = Path.of(Files.readString(folder.resolve("record")).strip());
        assertThat(built).startsWith(folder.resolve("home/.cache/mcp-access").toRealPath());
        assertThat(built.resolve("bin/demo")).exists();
        assertThat(build.err()).contains(" cannot be written to; building in " + built);
        assertNothingIsLeft();
    }

    @Test
    void anUnknownOptionIsNamed() throws Exception {
        Ended demo = run("bin/demo", "--kep");
        assertThat(demo.status()).isEqualTo(2);
        assertThat(demo.err()).contains("'--kep' is no option");
        assertThat(run("bin/demo", "--help").out()).contains("--keep").contains("--openfga");
    }

    private void assertNothingIsLeft() {
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    private void tool(String name, String body) throws IOException {
        Path file = Files.writeString(path.resolve(name), "#!/bin/sh\n" + body + "\n");
        file.toFile().setExecutable(true);
    }

    private Ended run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (!command[0].startsWith("/")) {
            command[0] = checkout.resolve(command[0]).toString();
            builder.command(command);
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
