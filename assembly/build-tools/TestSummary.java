import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What mvn verify prints at its end: {@code java TestSummary.java ROOT START}. Reads the reports that Surefire and Failsafe wrote
 * since START, an instant. Java runs it from its source, so that it needs no module of its own.
 */
final class TestSummary {
    /** Counts of one module. */
    private static final class Count {
        int tests;
        int failed;
        int skipped;
        double seconds;
        long missed;
        long covered;

        String coverage() {
            return missed + covered == 0 ? "" : String.format("%8.1f%%", 100.0 * covered / (missed + covered));
        }
    }

    private final Path root;
    private final Instant start;
    private final Map<String, Count> modules = new TreeMap<>();
    private final Map<String, List<String>> reasons = new TreeMap<>();
    private final List<String> unsteady = new ArrayList<>();

    private TestSummary(Path root, Instant start) {
        this.root = root;
        this.start = start;
    }

    public static void main(String[] arguments) throws IOException {
        TestSummary summary = new TestSummary(Path.of(arguments[0]), Instant.parse(arguments[1]));
        summary.read();
        summary.print();
    }

    private void read() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean dull = name.startsWith(".") || List.of("node_modules", "classes", "test-classes", "main", "lib").contains(name);
                return dull && !directory.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String folder = file.getParent().getFileName().toString();
                if (file.getFileName().toString().matches("TEST-.*\\.xml")
                        && (folder.equals("surefire-reports") || folder.equals("failsafe-reports"))
                        && !attributes.lastModifiedTime().toInstant().isBefore(start)) {
                    add(file);
                } else if (file.endsWith(Path.of("jacoco", "jacoco.csv"))
                        && !attributes.lastModifiedTime().toInstant().isBefore(start)) {
                    addCoverage(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void add(Path report) throws IOException {
        Element suite;
        try {
            suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getDocumentElement();
        } catch (Exception unreadable) {
            throw new IOException("The report " + report + " cannot be read.", unreadable);
        }
        Count count = count(report.getParent().getParent().getParent());
        count.tests += number(suite, "tests");
        count.failed += number(suite, "failures") + number(suite, "errors");
        count.skipped += number(suite, "skipped");
        count.seconds += Double.parseDouble(suite.getAttribute("time").replace(",", ""));
        NodeList cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String name = test.getAttribute("classname").replaceAll(".*\\.", "") + "." + test.getAttribute("name");
            if (test.getElementsByTagName("flakyFailure").getLength() + test.getElementsByTagName("flakyError").getLength() > 0) {
                unsteady.add(name);
            }
            NodeList skipped = test.getElementsByTagName("skipped");
            if (skipped.getLength() > 0) {
                reasons.computeIfAbsent(reason((Element) skipped.item(0)), reason -> new ArrayList<>()).add(name);
            }
        }
    }

    /** Branches and lines would tell the same story; instructions are what JaCoCo itself leads with. */
    private void addCoverage(Path csv) throws IOException {
        Count count = count(csv.getParent().getParent().getParent().getParent());
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split(",");
            count.missed += Long.parseLong(columns[3]);
            count.covered += Long.parseLong(columns[4]);
        }
    }

    private Count count(Path module) {
        return modules.computeIfAbsent(root.relativize(module).toString().replaceFirst("^src/", ""), name -> new Count());
    }

    private static int number(Element suite, String attribute) {
        String text = suite.getAttribute(attribute);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static String reason(Element skipped) {
        String message = skipped.getAttribute("message");
        String text = message.isEmpty() ? skipped.getTextContent().strip() : message;
        return text.lines().findFirst().orElse("no reason given").replaceFirst("^\\S*(Aborted|Skipped)\\S*Exception: ", "");
    }

    private void print() {
        Count all = new Count();
        System.out.printf("%n%-28s %7s %7s %8s %8s%s%n", "", "tests", "failed", "skipped", "seconds",
                modules.values().stream().allMatch(count -> count.coverage().isEmpty()) ? "" : "  covered");
        modules.forEach((name, count) -> {
            line(name, count);
            all.tests += count.tests;
            all.failed += count.failed;
            all.skipped += count.skipped;
            all.seconds += count.seconds;
            all.missed += count.missed;
            all.covered += count.covered;
        });
        line("all", all);
        reasons.forEach((reason, tests) -> System.out.printf("%nskipped, %s:%n  %s%n", reason, String.join("\n  ", tests)));
        if (!unsteady.isEmpty()) {
            System.out.printf("%nfailed, and passed when run once more; each is a fault to mend:%n  %s%n", String.join("\n  ", unsteady));
        }
        System.out.printf("%n%d tests, %d failed, %d skipped, %.1f minutes%n",
                all.tests, all.failed, all.skipped, Duration.between(start, Instant.now()).toSeconds() / 60.0);
    }

    private static void line(String name, Count count) {
        System.out.printf("%-28s %7d %7d %8d %8.0f %s%n", name, count.tests, count.failed, count.skipped, count.seconds, count.coverage());
    }
}
