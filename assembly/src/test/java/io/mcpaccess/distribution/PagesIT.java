package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages lead to is there: links, scripts and their options, profiles. Commands are run in DocumentedCommandsIT. */
class PagesIT {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(#[^)]*)?\\)|(?:src|href)=\"([^\"#]+)\"");
    private static final Pattern SCRIPT = Pattern.compile("\\bbin/([a-z-]+)((?: +--[a-z-]+)*)");

    /** A class as a page names it, with the end of its package or alone; a class within another by the outer one. */
    private static final Pattern CODE =
            Pattern.compile("`((?:[a-z]+/)*[A-Z](?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]+)(?:\\.[A-Za-z]+)?`");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

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

    @Test
    void everyClassThatTheArchitectureNamesIsThere() throws Exception {
        List<Path> sources = sources();
        Set<String> types = new HashSet<>(Set.of("BiFunction"));
        for (Path source : sources) {
            TYPE.matcher(Files.readString(source)).results().forEach(type -> types.add(type.group(1)));
        }
        List<String> named = CODE.matcher(architecture())
                .results()
                .map(code -> code.group(1))
                .toList();
        List<String> missing = named.stream()
                .filter(name -> name.contains("/")
                        ? sources.stream().noneMatch(source -> source.endsWith("io/mcpaccess/" + name + ".java"))
                        : !types.contains(name))
                .toList();

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyModuleIsAmongTheRoomsAndInThePicture() throws Exception {
        String page = architecture();
        String picture = Files.readString(ROOT.resolve("docs/images/house.svg"));
        List<String> modules = Pattern.compile("<module>src/(.*?)</module>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .toList();

        assertThat(modules).contains("core").allSatisfy(module -> {
            assertThat(page).contains("\n  " + module + "/ ");
            assertThat(picture).contains(">" + module.replace("sandbox/nodes", "sandbox") + "<");
        });
    }

    private static String architecture() throws Exception {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }

    private static List<Path> sources() throws Exception {
        try (Stream<Path> files =
                Stream.concat(Files.walk(ROOT.resolve("src")), Files.walk(ROOT.resolve("assembly")))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void theAddressOfTheSourcesStandsWhereContributingSays() throws Exception {
        String address = Files.readString(ROOT.resolve("pom.xml"))
                .replaceFirst("(?s).*<scm.url>https://([^<]+)</scm.url>.*", "$1");
        String contributing = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        List<Path> places = new ArrayList<>();
        for (String folder : List.of("assembly", "bin", "docs", ".github", "src/e2e/lib", "src/samples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().matches(".*/(target|node_modules)/.*"))
                        .filter(file -> file.toString().matches(".*\\.(md|ya?ml|json|mjs|py|sh|xml|Dockerfile)"))
                        .forEach(places::add);
            }
        }
        List<String> named = new ArrayList<>();
        for (Path file : places) {
            if (Files.readString(file).contains(address)) {
                named.add(ROOT.relativize(file).toString());
            }
        }

        assertThat(address).startsWith("github.com/");
        assertThat(named)
                .contains(".github/ISSUE_TEMPLATE/config.yml")
                .allSatisfy(name -> assertThat(contributing).contains("`" + name + "`"));
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
