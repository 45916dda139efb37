package io.mcpaccess.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TourTest {
    private static final Path FILE = Path.of(System.getProperty("repository.root"), "src/samples/demo/sandbox.yml");

    @Test
    void namesAddressesUsersAndThreeCommands() throws IOException {
        assertThat(Tour.lines(scene(), Path.of("/r")))
                .contains(
                        "AM's gateway     http://127.0.0.1:1/demo",
                        "AM's management  http://127.0.0.1:2  admin / adminadmin",
                        "billing server   http://127.0.0.1:3/mcp",
                        "users            alice / wonderland, bob / builder")
                .filteredOn(line -> line.startsWith("  "))
                .hasSize(3);
    }

    @Test
    void commandsCanBePastedWhereTheRepositoryHasSpacesAndQuotes() throws Exception {
        String command = Tour.commands(scene(), Path.of("/it's a/b c"))
                .get(2)
                .replaceFirst("AMCTL_URL", "exec printf '%s\\\\n' X");
        Process shell = new ProcessBuilder("bash", "-c", command).start();
        List<String> words =
                new String(shell.getInputStream().readAllBytes()).lines().toList();
        assertThat(words).contains("/it's a/b c/bin/amctl", "map", "demo", "user:alice");
    }

    private static Scene scene() throws IOException {
        return new Scene(
                DemoDomain.read(FILE),
                new Gateway("http://127.0.0.1:1", "demo", DemoDomain.read(FILE).credentials("billing")),
                "http://127.0.0.1:2",
                null,
                null,
                "http://127.0.0.1:3/mcp",
                null,
                null);
    }
}
