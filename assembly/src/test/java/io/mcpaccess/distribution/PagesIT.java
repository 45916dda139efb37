package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages lead to is there: links, scripts and their options, profiles. Commands are run in DocumentedCommandsIT. */
class PagesIT {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(#[^)]*)?\\)|(?:src|href)=\"([^\"#]+)\"");
    private static final Pattern SCRIPT = Pattern.compile("\\bbin/([a-z-]+)((?: +--[a-z-]+)*)");

    @Test
    void everyLinkLeadsToAFileAndASection() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(page)).results().toList()) {
                String target = link.group(1) != null ? link.group(1) : link.group(3);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                Path file =
                        target.isEmpty() ? page : page.resolveSibling(target).normalize();
                if (!Files.exists(file)) {
                    broken.add(page.getFileName() + ": " + target);
                } else if (link.group(2) != null
                        && file.toString().endsWith(".md")
                        && !sections(file).contains(link.group(2))) {
                    broken.add(page.getFileName() + ": " + target + link.group(2));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyScriptIsThereAndKnowsTheOptionsThatAPageGivesIt() throws Exception {
        for (Path page : pages()) {
            for (MatchResult use :
                    SCRIPT.matcher(Files.readString(page)).results().toList()) {
                Path script = ROOT.resolve("bin").resolve(use.group(1));
                assertThat(script).as(page.toString()).exists();
                String text = Files.readString(script);
                for (String option : use.group(2).strip().split(" +")) {
                    // Options of a program behind the script are in that program's own help.
                    if (!option.isEmpty()
                            && !option.equals("--help")
                            && !use.group(1).matches("amctl|guard-proxy|samples")) {
                        assertThat(text).as(page + ": bin/" + use.group(1)).contains(option);
                    }
                }
            }
        }
    }

    @Test
    void everyProfileThatAPageNamesIsOne() throws Exception {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        for (Path page : pages()) {
            Pattern.compile("\\s-P([a-z0-9]+)")
                    .matcher(Files.readString(page))
                    .results()
                    .forEach(profile ->
                            assertThat(pom).as(page.toString()).contains("<id>" + profile.group(1) + "</id>"));
        }
    }

    /** Anchors as GitHub makes them. */
    private static List<String> sections(Path page) throws Exception {
        return Files.readAllLines(page, StandardCharsets.UTF_8).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> "#"
                        + line.replaceFirst("#+ ", "")
                                .toLowerCase()
                                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws Exception {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
