package io.mcpaccess.samples.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page for server authors shows is what was compiled and run here. */
class DocumentedExamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
    private static final Path EXAMPLES = ROOT.resolve("src/samples/src/main/java/io/mcpaccess/samples/examples");

    @ParameterizedTest
    @MethodSource("blocks")
    void standInTheExamples(String block) throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<String> sources = files.map(DocumentedExamplesTest::read)
                    .map(DocumentedExamplesTest::lines)
                    .toList();
            assertThat(sources.stream().anyMatch(source -> source.contains(lines(block))))
                    .as("an example in %s has these lines:%n%s", EXAMPLES.getFileName(), block)
                    .isTrue();
        }
    }

    static List<String> blocks() {
        List<String> blocks = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(read(ROOT.resolve("docs/mcp-server-author.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(4);
        return blocks;
    }

    private static String lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
