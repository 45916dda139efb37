package io.mcpaccess.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line of AM has class paths of its own; which one a node gets is asked for by its name. */
class NodeClassPathTest {
    @TempDir
    Path home;

    @Test
    void takesTheJarsOfTheLineThatIsNamed() throws IOException {
        jar("4.10", "the older");
        jar("9.9", "the newer");

        assertThat(textOf("4.10")).isEqualTo("the older");
        assertThat(textOf("9.9")).isEqualTo("the newer");
    }

    @Test
    void saysHowTheJarsOfALineAreHad() throws IOException {
        jar("4.10", "the older");

        assertThatIOException()
                .isThrownBy(() ->
                        NodeClassPath.open("gateway", "9.9", home, getClass().getClassLoader()))
                .withMessageContaining("-Dam.line=9.9")
                .withMessageContaining("assembly/am-9.9-parent-classpath.txt");
    }

    private String textOf(String line) throws IOException {
        try (NodeClassPath node =
                        NodeClassPath.open("gateway", line, home, getClass().getClassLoader());
                var text = node.contextLoader().getResourceAsStream("line.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void jar(String line, String text) throws IOException {
        Path directory = Files.createDirectories(home.resolve("build/nodes/" + line + "/gateway/lib"));
        try (OutputStream file = Files.newOutputStream(directory.resolve("am.jar"));
                ZipOutputStream jar = new ZipOutputStream(file)) {
            jar.putNextEntry(new ZipEntry("line.txt"));
            jar.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
