package io.mcpaccess.openfga.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of the tests' own, from programs that are installed: an empty cluster on a free loopback port. */
final class PostgresCluster implements AutoCloseable {

    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    private final Path programs;
    private final Path directory;
    private final int port;

    private PostgresCluster(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @return the cluster; empty where PostgreSQL is not installed
     * @throws IllegalStateException when it is installed and does not start
     */
    static Optional<PostgresCluster> start() {
        return programs().map(programs -> {
            try {
                PostgresCluster cluster =
                        new PostgresCluster(programs, Files.createTempDirectory("postgres"), freePort());
                cluster.begin();
                return cluster;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void begin() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path data = directory.resolve("data");
        run("initdb", "--no-sync", "--auth=trust", "--username=openfga", "--pgdata=" + data);
        run(
                "pg_ctl",
                "--pgdata=" + data,
                "--wait",
                "--log=" + directory.resolve("log"),
                "--options=-p " + port + " -h 127.0.0.1 -k " + directory + " -c fsync=off",
                "start");
    }

    /**
     * Where it is.
     *
     * @return the address as OpenFGA takes it
     */
    String uri() {
        return "postgres://openfga@127.0.0.1:" + port + "/postgres?sslmode=disable";
    }

    /** PostgreSQL refuses to run as root: then it runs as its own user. */
    private void run(String program, String... options) {
        List<String> command = new ArrayList<>();
        if (IS_ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(options));
        try {
            Path output = Files.createTempFile("postgres", ".out");
            output.toFile().deleteOnExit();
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Debian keeps the programs of a server out of the PATH. */
    private static Optional<Path> programs() {
        Stream<Path> path = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
        Stream<Path> debian = Stream.empty();
        Path root = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(root)) {
            try (Stream<Path> versions = Files.list(root)) {
                debian =
                        versions
                                .sorted(Comparator.reverseOrder())
                                .map(version -> version.resolve("bin"))
                                .toList()
                                .stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Stream.concat(debian, path)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
                .findFirst();
    }

    @Override
    public void close() {
        run("pg_ctl", "--pgdata=" + directory.resolve("data"), "--mode=immediate", "--wait", "stop");
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
