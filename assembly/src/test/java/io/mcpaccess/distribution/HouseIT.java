package io.mcpaccess.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What keeps the house as docs/architecture.md draws it: which room knows which, no circles, one class a name, short files, a clock
 * that is given. What does not hold yet is named here, and nothing may join it.
 */
class HouseIT {

    private static final List<String> PRODUCT = List.of(
            "openfga",
            "core",
            "am-support",
            "openfga-embedded",
            "openfga-server",
            "mcp-registry",
            "openfga-engine",
            "authzen-protocol",
            "mcp-tool-policy",
            "guard/core",
            "guard/sdk",
            "guard/proxy",
            "amctl");

    private static final int LONGEST_FILE = 300;

    /** Where the parts are put together. */
    private static final Set<String> WIRING = Set.of(
            "Amctl",
            "AuthZenConfiguration",
            "Backends",
            "EmbeddedOpenFga",
            "McpGuard",
            "McpRegistry",
            "McpToolAccessPolicy",
            "Servers");

    private static final Set<String> STILL_READING_THE_CLOCK = Set.of("Doctor", "ProtectedResourceCatalogue");

    @ParameterizedTest
    @CsvSource({
        "openfga, io.mcpaccess.openfga",
        "core, io.mcpaccess.core.. io.mcpaccess.openfga",
        "am-support, io.mcpaccess.support.. io.mcpaccess.core.. io.mcpaccess.openfga",
        "openfga-embedded, io.mcpaccess.openfga.embedded.. io.mcpaccess.openfga",
        "openfga-server, io.mcpaccess.openfga.server.. io.mcpaccess.openfga",
        "mcp-registry, io.mcpaccess.registry.. io.mcpaccess.support.. io.mcpaccess.core.. io.mcpaccess.openfga",
        "openfga-engine, io.mcpaccess.engine.. io.mcpaccess.registry.. io.mcpaccess.support.. io.mcpaccess.core.."
                + " io.mcpaccess.openfga..",
        "authzen-protocol, io.mcpaccess.authzen.. io.mcpaccess.support.. io.mcpaccess.core.. io.mcpaccess.openfga",
        "mcp-tool-policy, io.mcpaccess.policy.. io.mcpaccess.support.. io.mcpaccess.core.. io.mcpaccess.openfga",
        "guard/core, io.mcpaccess.guard..",
        "guard/sdk, io.mcpaccess.guard..",
        "guard/proxy, io.mcpaccess.guard..",
        // amctl test runs the tests of store files, and tool calls by the rules of core, in its own process: a pipeline
        // that
        // checks permissions has no AM and no OpenFGA.
        "amctl, io.mcpaccess.amctl.. io.mcpaccess.core.. io.mcpaccess.openfga.embedded.. io.mcpaccess.openfga"
    })
    void aRoomKnowsTheRoomsBelowItAlone(String module, String known) {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.mcpaccess..").and(not(resideInAnyPackage(known.split(" ")))))
                .check(classes(List.of(module)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfga", "core", "openfga-embedded"})
    void whatIsPureKnowsNoFramework(String module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.gravitee..", "io.vertx..", "io.reactivex..", "org.springframework..")
                .check(classes(List.of(module)));
    }

    @Test
    void theServersClientKnowsNeitherAmNorRxJavaOrSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.gravitee..", "io.reactivex..", "org.springframework..")
                .check(classes(List.of("openfga-server")));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.mcpaccess.(**)").should().beFreeOfCycles().check(classes(PRODUCT));
    }

    @Test
    void noTwoClassesShareASimpleName() {
        Map<String, List<String>> byName = classes(PRODUCT).stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(each -> !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(byName.values()).allSatisfy(classes -> assertThat(classes).hasSize(1));
    }

    /** The guard takes none of the plugins' code, nor they any of its: what both must count alike stands in both. */
    @Test
    void theTwoThatSayWhoCountsAsOneAddressAreTheSame() throws IOException {
        assertThat(body("guard/core/src/main/java/io/mcpaccess/guard/CallerNetwork.java"))
                .isEqualTo(body("authzen-protocol/src/main/java/io/mcpaccess/authzen/limit/AddressBlock.java"));
    }

    private static String body(String file) throws IOException {
        String source = Files.readString(Repository.root().resolve("src").resolve(file));
        String body = source.substring(source.indexOf(" class "));
        return body.replaceAll("CallerNetwork|AddressBlock", "X").replace("    public static", "    static");
    }

    @Test
    void noFileIsLong() {
        List<String> longer = PRODUCT.stream()
                .map(module -> Repository.root().resolve("src").resolve(module).resolve("src/main/java"))
                .flatMap(HouseIT::files)
                .filter(file -> lines(file) > LONGEST_FILE)
                .map(file -> file.getFileName().toString())
                .toList();

        assertThat(longer).isEmpty();
    }

    @Test
    void theClockIsReadWhereThePartsArePutTogetherAlone() {
        JavaClasses classes = classes(PRODUCT);

        Set<String> reading = classes.stream()
                .filter(each -> each.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> isClock(
                                call.getTargetOwner(),
                                call.getTarget().getName(),
                                call.getTarget().getRawParameterTypes().isEmpty())))
                .map(each -> each.getName().replaceAll(".*\\.|\\$.*", ""))
                .collect(Collectors.toSet());

        assertThat(reading).contains("AuthZenConfiguration");
        reading.removeAll(WIRING);
        assertThat(STILL_READING_THE_CLOCK).containsAll(reading);
    }

    private static boolean isClock(JavaClass owner, String method, boolean isBare) {
        return owner.isEquivalentTo(Clock.class) && method.startsWith("system")
                || owner.isEquivalentTo(InstantSource.class) && method.equals("system")
                || owner.isEquivalentTo(Instant.class) && method.equals("now") && isBare;
    }

    private static Stream<Path> files(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaClasses classes(List<String> modules) {
        List<Path> compiled = modules.stream()
                .map(module -> Repository.root().resolve("src").resolve(module).resolve("target/classes"))
                .toList();
        JavaClasses classes = new ClassFileImporter().importPaths(compiled);
        assertThat(classes).as("compiled classes of " + modules).isNotEmpty();
        return classes;
    }
}
