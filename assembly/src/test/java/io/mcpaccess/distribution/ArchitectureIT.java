package io.mcpaccess.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The direction of dependencies between the rooms, read from the compiled classes. */
class ArchitectureIT {

    private static final String[] PLUGINS = {"io.mcpaccess.engine..", "io.mcpaccess.authzen..", "io.mcpaccess.policy.."
    };

    @Test
    void coreKnowsNeitherAmNorVertxRxJavaOrSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.gravitee..",
                        "io.vertx..",
                        "io.reactivex..",
                        "org.reactivestreams..",
                        "org.springframework..")
                .check(classes("core"));
    }

    @Test
    void coreKnowsNoPlugin() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(PLUGINS).check(classes("core"));
    }

    @ParameterizedTest
    @CsvSource({
        "openfga-engine, io.mcpaccess.authzen.., io.mcpaccess.policy..",
        "authzen-protocol, io.mcpaccess.engine.., io.mcpaccess.policy..",
        "mcp-tool-policy, io.mcpaccess.engine.., io.mcpaccess.authzen.."
    })
    void pluginsDoNotKnowEachOther(String module, String one, String other) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(one, other)
                .check(classes(module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openfga-engine", "authzen-protocol", "mcp-tool-policy"})
    void pluginsTouchNothingThatAmDoesNotHave(String module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.mcpaccess.contract..", "io.mcpaccess.sandbox..")
                .check(classes(module));
    }

    @Test
    void guardKnowsNeitherAmNorVertxOrSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.gravitee..", "io.vertx..", "io.reactivex..", "org.springframework..")
                .check(classes("guard/core"));
    }

    @Test
    void sandboxLoadsPluginsAndKnowsNone() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(PLUGINS).check(classes("sandbox"));
    }

    @Test
    void aForbiddenDependencyIsSeen() {
        ArchRule rule = noClasses().should().dependOnClassesThat().resideInAnyPackage("org.junit..");

        assertThat(rule.evaluate(new ClassFileImporter().importClasses(ArchitectureIT.class))
                        .hasViolation())
                .isTrue();
    }

    private static JavaClasses classes(String module) {
        Path compiled = Repository.root().resolve("src").resolve(module).resolve("target/classes");
        JavaClasses classes = new ClassFileImporter().importPath(compiled);
        assertThat(classes).as("compiled classes of " + module).isNotEmpty();
        return classes;
    }
}
