package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md says of each case that the product must survive which test holds it; the tests are there. */
class SecurityPageIT {

    private static final int CASES = 32;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(case(\\d\\d)_\\w+)`");
    private static final Pattern METHOD = Pattern.compile("void (case\\d\\d_\\w+)\\(");

    private record NamedTest(String type, String method, int number) {}

    @Test
    void everyCaseIsThereOnceWithATestOrAReason() throws IOException {
        List<MatchResult> rows = ROW.matcher(page()).results().toList();

        assertThat(rows)
                .extracting(row -> Integer.valueOf(row.group(1)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CASES).boxed().toList());
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.group(3)).as("case " + row.group(1)).isNotBlank());
    }

    @Test
    void everyNamedTestExistsUnderItsCasesNumber() throws IOException {
        Map<String, Set<String>> sources = casesByType();

        for (MatchResult row : ROW.matcher(page()).results().toList()) {
            for (NamedTest test : named(row.group(3))) {
                assertThat(test.number()).as(test.method()).isEqualTo(Integer.parseInt(row.group(1)));
                assertThat(sources.getOrDefault(test.type(), Set.of()))
                        .as("tests in " + test.type() + ".java")
                        .contains(test.method());
            }
        }
    }

    @Test
    void everyTestOfACaseStandsOnThePage() throws IOException {
        Set<String> onThePage = named(page()).stream()
                .map(test -> test.type() + "." + test.method())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> written = new TreeSet<>();
        casesByType().forEach((type, methods) -> methods.forEach(method -> written.add(type + "." + method)));

        assertThat(written).isNotEmpty().isEqualTo(onThePage);
    }

    private static List<NamedTest> named(String text) {
        return TEST.matcher(text)
                .results()
                .map(test -> new NamedTest(test.group(1), test.group(2), Integer.parseInt(test.group(3))))
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(Repository.root().resolve("docs/security.md"));
    }

    private static Map<String, Set<String>> casesByType() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Path file : testSources()) {
            Set<String> methods = METHOD.matcher(Files.readString(file))
                    .results()
                    .map(method -> method.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!methods.isEmpty()) {
                found.put(file.getFileName().toString().replace(".java", ""), methods);
            }
        }
        return found;
    }

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        List<Path> modules = new ArrayList<>(List.of(Repository.root().resolve("assembly")));
        for (String rooms : List.of("src", "src/guard")) {
            try (Stream<Path> more = Files.list(Repository.root().resolve(rooms))) {
                more.forEach(modules::add);
            }
        }
        for (Path module : modules) {
            Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
